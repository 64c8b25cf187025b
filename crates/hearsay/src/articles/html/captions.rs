//! The words under pictures, each once, with who made the picture.

use super::blocks::{Blocks, Bx, FAR};
use super::dom::{Dom, Kind, NodeId, Tag};
use super::hints;
use super::text::{self, clean};
use hearsay_types::Caption;

/// Longer texts under a picture are a story of their own.
const LONGEST: usize = 1500;

/// Shorter ones, in units, tell nothing ("Photo").
const SHORTEST: f32 = 8.0;

/// A caption that nothing names as one has at least this many words.
const WORDS: f32 = 4.0;

/// A credit that stands alone is shorter than this, in bytes.
const SOLE: usize = 120;

/// A picture's frame holds less text than this, in units.
const FRAME: f32 = 900.0;

/// Words that open a credit where it follows the caption's words without markup of its own.
const CREDIT_WORDS: [&str; 30] = [
    "foto:",
    "fotos:",
    "photo:",
    "photos:",
    "photo by",
    "photos by",
    "photograph:",
    "picture:",
    "pictures:",
    "image:",
    "images:",
    "bild:",
    "bilder:",
    "credit:",
    "quelle:",
    "source:",
    "image credit:",
    "photo credit:",
    "crédit photo",
    "crédits:",
    "fotografía:",
    "imagen:",
    "©",
    "(c)",
    "фото:",
    "الصورة:",
    "isithombe:",
    "kuva:",
    "zdjęcie:",
    "fot.",
];

/// The captions of a story's region: boxes from `boxes.0` to before `boxes.1`. `taken` tells which blocks are body.
pub(super) fn find(dom: &Dom, blocks: &Blocks, boxes: (usize, usize), taken: &[usize]) -> Vec<Caption> {
    let mut out: Vec<Caption> = Vec::new();
    let mut n = boxes.0;
    while n < boxes.1.min(blocks.boxes.len()) {
        let bx = &blocks.boxes[n];
        let holds_body = taken.iter().any(|t| (bx.blocks.0..bx.blocks.1).contains(&(*t as u32)));
        if holds_body || is_aside(bx) || !(is_caption(bx) || is_under_picture(blocks, bx)) {
            n += 1;
            continue;
        }
        match read(dom, bx.node) {
            Some(caption) if caption.text.is_empty() => credit_last(&mut out, caption.credit),
            Some(caption) => add(&mut out, caption),
            None => {}
        }
        n = past(blocks, n);
    }
    out
}

/// The next box that does not stand in box `n`.
fn past(blocks: &Blocks, n: usize) -> usize {
    let depth = blocks.boxes[n].depth;
    (n + 1..blocks.boxes.len()).find(|m| blocks.boxes[*m].depth <= depth).unwrap_or(blocks.boxes.len())
}

/// Whether a box is a caption's own: the frame around picture and words is often named so as well.
fn is_caption(bx: &Bx) -> bool {
    bx.is_caption && (bx.tag == Tag::Figcaption || bx.images == 0) && bx.units > 0.0
}

/// Whether a box is the only text of a picture's frame, though nothing names it a caption.
fn is_under_picture(blocks: &Blocks, bx: &Bx) -> bool {
    let leaf = bx.children == 0 && !bx.is_heading() && bx.blocks.1 == bx.blocks.0 + 1;
    let block = blocks.all.get(bx.blocks.0 as usize);
    let words = block.is_some_and(|b| b.stats.words >= WORDS && b.link < 0.5 && !b.time && !b.stats.colon);
    let framed = (bx.around(Tag::Figure) <= 3 || bx.hint("picture") <= 1) && has_picture(blocks, bx);
    let furniture = ["related", "nav", "newsletter", "share", "byline", "date", "tags", "form", "advert"];
    let other = furniture.iter().any(|h| bx.hint(h) < 3) || bx.around(Tag::Blockquote) < FAR;
    leaf && words && framed && !other && !bx.is_consent
}

/// Whether one of the three boxes around holds a picture and little text.
fn has_picture(blocks: &Blocks, bx: &Bx) -> bool {
    let mut up = bx;
    (0..3).any(|_| {
        up = &blocks.boxes[up.parent as usize];
        up.images > 0 && up.units < FRAME
    })
}

/// Teasers and comments have pictures too.
fn is_aside(bx: &Bx) -> bool {
    bx.hint("comment") < 6
        || bx.around(Tag::Nav) < FAR
        || bx.around(Tag::Footer) < FAR
        || bx.hint("related") < 3 && bx.around(Tag::Figure) > 2
}

/// Adds a caption unless its words are there already.
fn add(out: &mut Vec<Caption>, caption: Caption) {
    let same = |a: &str, b: &str| a == b || (a.len() > 40 && b.starts_with(a)) || (b.len() > 40 && a.starts_with(b));
    match out.iter_mut().find(|c| same(&c.text, &caption.text)) {
        Some(known) => known.credit = known.credit.take().or(caption.credit),
        None => out.push(caption),
    }
}

/// Gives a credit that stands in a box of its own to the caption before it.
fn credit_last(out: &mut [Caption], credit: Option<String>) {
    if let Some(last) = out.last_mut() {
        last.credit = last.credit.take().or(credit);
    }
}

/// The caption in an element; with no words where it holds a credit alone.
fn read(dom: &Dom, top: NodeId) -> Option<Caption> {
    let (mut words, mut credit) = (String::new(), String::new());
    gather(dom, top, &mut words, &mut credit);
    let (words, credit) = (clean(&words), clean(&credit));
    if words.len() < SOLE && opens_credit(&words) {
        return Some(Caption { text: String::new(), credit: Some(bare(&words)).filter(|c| !c.is_empty()) });
    }
    let (words, printed) = split_credit(&words);
    let credit = Some(bare(&credit)).filter(|c| !c.is_empty()).or(printed).or_else(|| in_brackets(&words));
    let stats = text::Stats::of(&words);
    (stats.units >= SHORTEST && words.len() <= LONGEST).then_some(Caption { text: words, credit })
}

/// Collects the words of a caption, those in elements that are named as a credit apart.
fn gather(dom: &Dom, top: NodeId, words: &mut String, credit: &mut String) {
    let mut in_credit: Option<NodeId> = None;
    let mut at = top;
    loop {
        let node = dom.node(at);
        let mut inside = true;
        match &node.kind {
            Kind::Text(t) => if in_credit.is_some() { &mut *credit } else { &mut *words }.push_str(t),
            Kind::Element(e) => {
                if matches!(e.tag, Tag::Script | Tag::Style | Tag::Noscript | Tag::Button | Tag::Svg) {
                    inside = false;
                }
                if in_credit.is_none() && at != top && is_credit(dom, at) {
                    in_credit = Some(at);
                }
                if !matches!(e.tag, Tag::A | Tag::B | Tag::I | Tag::Em | Tag::Strong) {
                    words.push(' ');
                    credit.push(' ');
                }
            }
            Kind::Root => {}
        }
        let next = if inside && node.first != super::dom::NONE { node.first } else { dom.past(at, top) };
        if next == super::dom::NONE || words.len() > 4 * LONGEST {
            return;
        }
        if in_credit.is_some_and(|c| !encloses(dom, c, next)) {
            in_credit = None;
        }
        at = next;
    }
}

fn encloses(dom: &Dom, outer: NodeId, inner: NodeId) -> bool {
    let mut at = inner;
    while at != super::dom::NONE && at != outer {
        at = dom.node(at).parent;
    }
    at == outer
}

fn is_credit(dom: &Dom, id: NodeId) -> bool {
    let Some(element) = dom.element(id) else { return false };
    let named = |value: &str| {
        let lower = value.to_ascii_lowercase();
        [
            "credit",
            "copyright",
            "photographer",
            "attribution",
            "bildquelle",
            "fotograf",
            "quelle",
            "source",
            "agency",
            "author",
            "autor",
            "byline",
            "rights",
        ]
        .iter()
        .any(|w| lower.contains(w))
    };
    ["class", "itemprop", "data-testid"].iter().any(|a| element.attr(a).is_some_and(named))
        || (element.tag == Tag::Small && hints::of(dom, id) == 0)
}

/// Whether a text opens as a credit does.
fn opens_credit(words: &str) -> bool {
    let lower = words.to_lowercase();
    CREDIT_WORDS.iter().any(|w| lower.starts_with(w))
}

/// Parts a credit that follows the words, opened by one of [`CREDIT_WORDS`].
fn split_credit(words: &str) -> (String, Option<String>) {
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return (words.to_owned(), None);
    }
    let at = CREDIT_WORDS.iter().filter_map(|w| lower.rfind(w)).filter(|at| *at > 0 && words.len() - at < 250).min();
    match at {
        Some(at) if !in_open_bracket(&words[..at]) => {
            let credit = bare(&words[at..]);
            (words[..at].trim_end().to_owned(), Some(credit).filter(|c| !c.is_empty()))
        }
        _ => (words.to_owned(), None),
    }
}

fn in_open_bracket(text: &str) -> bool {
    text.trim_end().ends_with(['(', '[', '/'])
}

/// A credit without the word that opens it and without brackets.
fn bare(credit: &str) -> String {
    let inner = credit.trim().trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '|' | '/')).trim();
    let lower = inner.to_lowercase();
    let opened = CREDIT_WORDS.iter().filter(|w| lower.starts_with(**w)).max_by_key(|w| w.len());
    let rest = opened.and_then(|w| inner.get(w.len()..)).unwrap_or(inner);
    rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '|' | '.' | '(' | ')')).to_owned()
}

/// A credit in brackets at the end of the words, which stays there: "(Reuters)", "(Foto: A. Orlu)".
fn in_brackets(words: &str) -> Option<String> {
    let inner = words.strip_suffix(')').or_else(|| words.strip_suffix(").")).or_else(|| words.strip_suffix(']'))?;
    let open = inner.rfind(['(', '['])?;
    let inner = &inner[open + 1..];
    let lower = inner.to_lowercase();
    let named = CREDIT_WORDS.iter().any(|w| lower.starts_with(w)) || inner.contains('/');
    let agency = ["reuters", "afp", "ap", "dpa", "epa", "efe", "ansa", "getty", "apa", "imago", "anadolu", "tass"];
    let agency = agency.iter().any(|a| text::words(&lower).any(|w| w == *a));
    ((named || agency) && inner.chars().count() < 80).then(|| bare(inner)).filter(|c| !c.is_empty())
}
