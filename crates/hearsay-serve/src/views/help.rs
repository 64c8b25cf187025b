//! The words and the keys.

use super::{Frame, ROOMS};
use maud::{Markup, html};

/// The words, as docs/glossary.md has them.
const GLOSSARY: &str = include_str!("../../web/glossary.md");

/// The page of help.
pub fn page() -> Markup {
    let rows = GLOSSARY.lines().filter_map(|l| l.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    Frame::new("Words and keys", "").show(html! {
        h1 { "Words and keys" }
        section aria-labelledby="keys" {
            h2 #keys { "Keys" }
            dl.keys {
                dt { kbd { "/" } } dd { "search" }
                dt { kbd { "?" } } dd { "this page" }
                @for (_, name, key) in ROOMS { dt { kbd { "g" } " " kbd { (key) } } dd { (name) } }
                dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous row" }
            }
        }
        section aria-labelledby="words" {
            h2 #words { "Words" }
            dl.glossary { @for (word, is) in rows.skip(1) { dt { (word) } dd { (is) } } }
        }
        section aria-labelledby="not" {
            h2 #not { "What this is not for" }
            p { "hearsay is a research tool over public reporting. It passes no verdict of truth. It is not a tool to find or target people: private people are not actors, and no place is given finer than the text names it." }
        }
    })
}
