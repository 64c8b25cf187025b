//! HTML of rows. Text goes in as text: what a page held can never become markup.

pub mod actors;
pub mod articles;
pub mod board;
pub mod correct;
pub mod help;
pub mod lists;
pub mod pair;
pub mod places;
pub mod reader;
pub mod search;
pub mod start;
pub mod timeline;

use maud::{DOCTYPE, Markup, html};

/// The rooms of the page: address, name, the key that goes there.
const ROOMS: [(&str, &str, &str); 9] = [
    ("/timeline", "Timeline", "t"),
    ("/board", "Claim board", "b"),
    ("/actors", "Actors", "a"),
    ("/network", "Network", "n"),
    ("/map", "Map", "m"),
    ("/sources", "Sources", "s"),
    ("/events", "Events", "e"),
    ("/claims", "Claims", "c"),
    ("/articles", "Articles", "r"),
];

/// What a whole page needs beside its content.
pub struct Frame<'a> {
    /// The title.
    pub title: &'a str,
    /// The room in which it is.
    pub room: &'a str,
    /// The words that were searched for.
    pub query: &'a str,
}

impl<'a> Frame<'a> {
    /// A page in a room.
    pub fn new(title: &'a str, room: &'a str) -> Frame<'a> {
        Frame { title, room, query: "" }
    }

    /// The whole page.
    pub fn show(&self, content: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { bdi { (self.title) } " · hearsay" }
                    link rel="stylesheet" href="/style.css";
                    link rel="icon" href="/icon.svg";
                    script src="/app.js" defer {}
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    (self.bar())
                    main #main tabindex="-1" { (content) }
                    (foot())
                }
            }
        }
    }

    fn bar(&self) -> Markup {
        html! {
            header.bar {
                a.brand href="/" aria-current=[(self.room == "/").then_some("page")] { "hearsay" }
                nav aria-label="Rooms" {
                    ul {
                        @for (href, name, key) in ROOMS {
                            li { a href=(href) data-key=(key) aria-current=[(self.room == href).then_some("page")] { (name) } }
                        }
                    }
                }
                form.find role="search" action="/search" {
                    label.gone for="q" { "Search text, actors and places" }
                    input #q name="q" type="search" placeholder="Search" value=(self.query) dir="auto" data-key="/" autocomplete="off";
                }
                a.help href="/help" title="Words and keys" data-key="?" { span aria-hidden="true" { "?" } span.gone { "Help" } }
            }
        }
    }
}

fn foot() -> Markup {
    html! {
        footer {
            p {
                "What is shown is what pages say, and who says it. hearsay passes no verdict of truth. "
                a href="/help" { "Words and keys" }
            }
        }
    }
}

/// A page for what went wrong.
pub fn wrong(title: &str, text: &str) -> Markup {
    Frame::new(title, "").show(html! {
        h1 { (title) }
        p { (text) }
        p { a href="/" { "Back to the start" } }
    })
}

/// The link to the rest of a list.
pub fn more(address: &str, next: Option<&str>) -> Markup {
    let sign = if address.contains('?') { '&' } else { '?' };
    html! {
        @if let Some(next) = next {
            nav.more aria-label="More" { a rel="next" href={ (address) (sign) "after=" (crate::words::escaped(next)) } { "Next" } }
        }
    }
}
