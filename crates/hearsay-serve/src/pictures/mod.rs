//! SVG of rows. Each picture stands beside a table that tells the same, so it is left out for those who cannot see it.

pub mod map;
pub mod network;
pub mod relation;
pub mod timeline;

use maud::{Markup, html};

/// A number of a drawing, to a tenth.
pub fn tenth(x: f64) -> String {
    format!("{:.1}", x)
}

/// The patterns of the four sorts of acts: colour is never the only sign.
pub fn patterns() -> Markup {
    html! {
        defs {
            pattern id="p-words-good" width="5" height="5" patternUnits="userSpaceOnUse" { rect.words-good width="5" height="5" {} path.over d="M0 2.5H5" {} }
            pattern id="p-deeds-good" width="6" height="6" patternUnits="userSpaceOnUse" { rect.deeds-good width="6" height="6" {} circle.over cx="3" cy="3" r="1.1" {} }
            pattern id="p-words-bad" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { rect.words-bad width="5" height="5" {} path.over d="M0 2.5H5" {} }
            pattern id="p-for" width="5" height="5" patternUnits="userSpaceOnUse" { rect.for width="5" height="5" {} }
            pattern id="p-against" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)" { rect.against width="5" height="5" {} path.over d="M0 2.5H5" {} }
            pattern id="p-repeats" width="5" height="5" patternUnits="userSpaceOnUse" { rect.repeats width="5" height="5" {} circle.over cx="2.5" cy="2.5" r="1" {} }
            pattern id="p-other" width="6" height="6" patternUnits="userSpaceOnUse" { rect.other width="6" height="6" {} path.over d="M0 3H6" {} }
            pattern id="p-deeds-bad" width="5" height="5" patternUnits="userSpaceOnUse" { rect.deeds-bad width="5" height="5" {} }
        }
    }
}

/// What the colours and patterns mean.
pub fn key() -> Markup {
    html! {
        ul.key {
            @for (_, class, name) in crate::words::QUADS {
                li { svg aria-hidden="true" width="16" height="12" { (patterns_once(class)) } " " (name) }
            }
        }
    }
}

/// What the colours and patterns of claims mean.
pub fn sides() -> Markup {
    const SIDES: [(&str, &str); 4] = [
        ("for", "asserts, confirms, accuses"),
        ("against", "denies, doubts"),
        ("repeats", "only relays"),
        ("other", "promises, demands, asks and the rest"),
    ];
    html! {
        ul.key { @for (class, name) in SIDES { li { svg aria-hidden="true" width="16" height="12" { (patterns_once(class)) } " " (name) } } }
    }
}

fn patterns_once(class: &str) -> Markup {
    html! { rect width="16" height="12" rx="2" fill={ "url(#p-" (class) ")" } {} }
}

/// Which labels of an axis are shown: about ten.
pub fn ticks(n: usize) -> usize {
    n.div_ceil(11).max(1)
}
