//! Reader comments: counted, never kept.

use super::blocks::{Blocks, Bx, FAR};
use super::dom::Dom;
use std::collections::HashMap;

/// How many comments stand on the page: boxes that look alike, are named as one comment and hold text.
pub(super) fn count(dom: &Dom, blocks: &Blocks) -> u32 {
    let mut looks: HashMap<(u16, u64), u32> = HashMap::new();
    let mut items = 0;
    for bx in blocks.boxes.iter().filter(|b| b.hint("comment") < FAR && b.units > 0.0) {
        match name(dom, bx) {
            Name::Item => items += 1,
            Name::Part => *looks.entry((0, bx.look)).or_default() += 1,
            Name::Other => {}
        }
    }
    if items > 0 { items } else { looks.values().copied().max().unwrap_or(0) }
}

/// What an element's names say of it.
enum Name {
    /// One comment: schema.org's type, or an id or class that numbers it.
    Item,
    /// One comment or a part of one.
    Part,
    /// Something else.
    Other,
}

fn name(dom: &Dom, bx: &Bx) -> Name {
    let Some(element) = dom.element(bx.node) else { return Name::Other };
    let typed = element.attr("itemtype").is_some_and(|t| t.ends_with("/Comment") || t.ends_with("/UserComments"));
    let numbered = element.attr("id").is_some_and(is_numbered);
    if typed || numbered {
        return Name::Item;
    }
    let parts = [
        "comment",
        "comment-item",
        "comment-body",
        "comment-content",
        "comment-text",
        "commenttext",
        "single-comment",
        "kommentar",
    ];
    let classes = element.attr("class").unwrap_or("").to_ascii_lowercase();
    match classes.split_ascii_whitespace().any(|c| parts.contains(&c)) {
        true => Name::Part,
        false => Name::Other,
    }
}

/// `comment-17`, `div_comment_17`, `kommentar17`: but not the parts that repeat the number.
fn is_numbered(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let word = ["comment", "kommentar", "comentario", "commentaire"].iter().find_map(|w| lower.strip_prefix(w));
    word.is_some_and(|rest| {
        let rest = rest.trim_start_matches(['-', '_']);
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit())
    })
}
