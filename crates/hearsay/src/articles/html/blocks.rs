//! The blocks of a page: stretches of text that a browser would set as one paragraph, with the boxes they stand in.

use super::dom::{Dom, Kind, NONE, NodeId, Tag};
use super::hints::{self, CATEGORIES};
use super::text::{self, Stats};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// How far apart a hint and what it bears on are counted at most.
pub(super) const FAR: u8 = 24;

/// Tags of which the distance to the nearest one around is kept.
pub(super) const AROUND: [Tag; 16] = [
    Tag::Article,
    Tag::Main,
    Tag::Nav,
    Tag::Aside,
    Tag::Footer,
    Tag::Header,
    Tag::Figure,
    Tag::Figcaption,
    Tag::Table,
    Tag::Li,
    Tag::Blockquote,
    Tag::Form,
    Tag::Section,
    Tag::P,
    Tag::Dl,
    Tag::Dialog,
];

/// An element that is set as a block, with what is known of it and of what it holds.
#[derive(Debug, Clone)]
pub(super) struct Bx {
    /// Its element.
    pub node: NodeId,
    /// The box around it; itself for the first.
    pub parent: u32,
    /// How many boxes stand around it.
    pub depth: u16,
    /// Its tag.
    pub tag: Tag,
    /// Boxes up to the nearest with each hint, from 0 for itself to [`FAR`] for none.
    pub hinted: [u8; CATEGORIES.len()],
    /// Boxes up to the nearest of each tag in [`AROUND`].
    pub within: [u8; AROUND.len()],
    /// Whether the page asks not to show it.
    pub hidden: bool,
    /// Whether the page marks it as the body of one story.
    pub is_body: bool,
    /// Whether it stands in what is named a live blog.
    pub is_live: bool,
    /// Whether it is, or stands in, what is named a caption.
    pub is_caption: bool,
    /// Whether it stands in what asks for consent to be watched.
    pub is_consent: bool,
    /// A hash of its tag and class.
    pub look: u64,
    /// The blocks in it: the first, and one past the last.
    pub blocks: (u32, u32),
    /// Length of the text in it.
    pub units: f32,
    /// Length of the text of links in it.
    pub link_units: f32,
    /// Its pictures.
    pub images: u16,
    /// Boxes directly in it.
    pub children: u16,
}

impl Bx {
    /// Whether it is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// Boxes up to the nearest that hints at `category`; [`FAR`] where none does.
    pub fn hint(&self, category: &str) -> u8 {
        CATEGORIES.iter().position(|c| *c == category).map_or(FAR, |n| self.hinted[n])
    }

    /// Boxes up to the nearest with `tag`, which is one of [`AROUND`]; [`FAR`] where there is none.
    pub fn around(&self, tag: Tag) -> u8 {
        AROUND.iter().position(|t| *t == tag).map_or(FAR, |n| self.within[n])
    }
}

/// A stretch of text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The box it stands in.
    pub bx: u32,
    /// Where its text stands in [`Blocks::text`].
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// How much of it is links, from 0 to 1.
    pub link: f32,
    /// How much of it is bold, from 0 to 1.
    pub bold: f32,
    /// Line breaks in it.
    pub breaks: u16,
    /// Links in it.
    pub links: u16,
    /// Whether it begins or ends at an empty line in running text.
    pub after_gap: bool,
    /// Whether it holds a `time` element.
    pub time: bool,
    /// What can be counted in it.
    pub stats: Stats,
}

/// A page as blocks.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The text of all blocks.
    pub text: String,
    /// In document order.
    pub all: Vec<Block>,
    /// In document order.
    pub boxes: Vec<Bx>,
}

impl Blocks {
    /// The text of a block.
    pub fn text(&self, block: &Block) -> &str {
        &self.text[block.start as usize..block.end as usize]
    }

    /// The box of a block.
    pub fn bx(&self, block: &Block) -> &Bx {
        &self.boxes[block.bx as usize]
    }

    /// Whether box `outer` is `inner` or stands around it.
    pub fn encloses(&self, outer: u32, inner: u32) -> bool {
        let mut at = inner;
        while self.boxes[at as usize].depth > self.boxes[outer as usize].depth {
            at = self.boxes[at as usize].parent;
        }
        at == outer
    }
}

/// How an element is set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    Block,
    Inline,
    Away,
    Break,
    Image,
}

fn set(dom: &Dom, id: NodeId, in_paragraph: bool) -> Set {
    let Some(element) = dom.element(id) else { return Set::Inline };
    match element.tag {
        Tag::Script
        | Tag::Style
        | Tag::Template
        | Tag::Svg
        | Tag::Noscript
        | Tag::Iframe
        | Tag::Select
        | Tag::Textarea
        | Tag::Head
        | Tag::Title
        | Tag::Audio
        | Tag::Video
        | Tag::Canvas
        | Tag::Object
        | Tag::Embed
        | Tag::Input
        | Tag::Rp
        | Tag::Rt
        | Tag::Optgroup
        | Tag::Choice => Set::Away,
        Tag::Br => Set::Break,
        Tag::Img | Tag::Amp => Set::Image,
        Tag::A
        | Tag::Abbr
        | Tag::B
        | Tag::Cite
        | Tag::Code
        | Tag::Em
        | Tag::Font
        | Tag::I
        | Tag::Picture
        | Tag::Q
        | Tag::Small
        | Tag::Span
        | Tag::Strong
        | Tag::Sub
        | Tag::Sup
        | Tag::Time
        | Tag::Tt
        | Tag::U
        | Tag::Label => Set::Inline,
        Tag::Other if in_paragraph || !element.name().contains('-') => Set::Inline,
        _ => Set::Block,
    }
}

/// Finds the blocks and boxes of a page.
pub(super) fn find(dom: &Dom) -> Blocks {
    let mut walk = Walk::default();
    walk.run(dom);
    walk.add_up();
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Blocks,
    /// Open boxes.
    open: Vec<u32>,
    start: usize,
    links: u32,
    link_from: usize,
    link_bytes: usize,
    link_count: u16,
    bolds: u32,
    bold_from: usize,
    bold_bytes: usize,
    breaks: u16,
    after_break: bool,
    after_gap: bool,
    time: bool,
}

impl Walk {
    fn run(&mut self, dom: &Dom) {
        let mut at = Dom::ROOT;
        self.open_box(dom, at);
        loop {
            let inside = self.enter(dom, at);
            let first = dom.node(at).first;
            if inside && first != NONE {
                at = first;
                continue;
            }
            loop {
                self.leave(dom, at);
                let node = dom.node(at);
                if node.next != NONE {
                    at = node.next;
                    break;
                }
                at = node.parent;
                if at == NONE || at == Dom::ROOT {
                    self.flush();
                    return;
                }
            }
        }
    }

    fn in_paragraph(&self) -> bool {
        let tag = self.open.last().map(|b| self.out.boxes[*b as usize].tag);
        matches!(tag, Some(Tag::P | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::Li))
    }

    /// Takes up a node; tells whether its children are to be visited.
    fn enter(&mut self, dom: &Dom, id: NodeId) -> bool {
        match &dom.node(id).kind {
            Kind::Root => return true,
            Kind::Text(t) => {
                self.add_text(t);
                return false;
            }
            Kind::Element(_) => {}
        }
        match set(dom, id, self.in_paragraph()) {
            Set::Away => return false,
            Set::Break => self.line_break(),
            Set::Image => self.image(),
            Set::Block => {
                self.flush();
                self.open_box(dom, id);
            }
            Set::Inline => self.enter_inline(dom.tag(id)),
        }
        true
    }

    fn leave(&mut self, dom: &Dom, id: NodeId) {
        if !matches!(dom.node(id).kind, Kind::Element(_)) {
            return;
        }
        let is_open = self.open.last().is_some_and(|b| self.out.boxes[*b as usize].node == id);
        if is_open {
            self.flush();
            let bx = self.open.pop().unwrap_or(0);
            self.out.boxes[bx as usize].blocks.1 = self.out.all.len() as u32;
            return;
        }
        self.leave_inline(dom.tag(id));
    }

    fn enter_inline(&mut self, tag: Tag) {
        let here = self.out.text.len();
        match tag {
            Tag::A => {
                if self.links == 0 {
                    self.link_from = here;
                    self.link_count = self.link_count.saturating_add(1);
                }
                self.links += 1;
            }
            Tag::B | Tag::Strong => {
                if self.bolds == 0 {
                    self.bold_from = here;
                }
                self.bolds += 1;
            }
            Tag::Time => self.time = true,
            _ => {}
        }
    }

    fn leave_inline(&mut self, tag: Tag) {
        let here = self.out.text.len();
        match tag {
            Tag::A if self.links > 0 => {
                self.links -= 1;
                if self.links == 0 {
                    self.link_bytes += here.saturating_sub(self.link_from);
                }
            }
            Tag::B | Tag::Strong if self.bolds > 0 => {
                self.bolds -= 1;
                if self.bolds == 0 {
                    self.bold_bytes += here.saturating_sub(self.bold_from);
                }
            }
            _ => {}
        }
    }

    fn add_text(&mut self, raw: &str) {
        let before = self.out.text.len();
        text::append(&mut self.out.text, self.start, raw);
        if self.after_break && self.out.text[before..].bytes().any(|b| b != b' ') {
            self.after_break = false;
        }
    }

    fn line_break(&mut self) {
        if self.after_break {
            self.flush();
            self.after_gap = true;
        } else {
            self.after_break = true;
            self.breaks = self.breaks.saturating_add(1);
            text::append(&mut self.out.text, self.start, " ");
        }
    }

    fn image(&mut self) {
        if let Some(b) = self.open.last() {
            let images = &mut self.out.boxes[*b as usize].images;
            *images = images.saturating_add(1);
        }
    }

    fn open_box(&mut self, dom: &Dom, id: NodeId) {
        let parent = self.open.last().copied();
        let n = self.out.boxes.len() as u32;
        let bx = new_box(
            dom,
            id,
            parent.map(|p| &self.out.boxes[p as usize]),
            parent.unwrap_or(0),
            self.out.all.len() as u32,
        );
        if let Some(p) = parent {
            let children = &mut self.out.boxes[p as usize].children;
            *children = children.saturating_add(1);
        }
        self.out.boxes.push(bx);
        self.open.push(n);
    }

    /// Ends the present block, and begins the next.
    fn flush(&mut self) {
        let text = &self.out.text[self.start..];
        let len = text.trim_end().len();
        if text[..len].chars().any(char::is_alphanumeric) {
            self.push(len);
        } else {
            self.out.text.truncate(self.start);
        }
        let here = self.out.text.len();
        self.start = here;
        (self.link_from, self.bold_from) = (here, here);
        (self.link_bytes, self.bold_bytes) = (0, 0);
        self.link_count = u16::from(self.links > 0);
        (self.breaks, self.after_break, self.after_gap, self.time) = (0, false, false, false);
    }

    fn push(&mut self, len: usize) {
        let here = self.out.text.len();
        let open = |n: u32, from: usize| if n > 0 { here.saturating_sub(from) } else { 0 };
        let share = |bytes: usize| (bytes as f32 / len as f32).min(1.0);
        let link = share(self.link_bytes + open(self.links, self.link_from));
        let bold = share(self.bold_bytes + open(self.bolds, self.bold_from));
        self.out.text.truncate(self.start + len);
        self.out.all.push(Block {
            bx: self.open.last().copied().unwrap_or(0),
            start: self.start as u32,
            end: (self.start + len) as u32,
            link,
            bold,
            breaks: self.breaks,
            links: self.link_count,
            after_gap: self.after_gap,
            time: self.time,
            stats: Stats::of(&self.out.text[self.start..]),
        });
    }

    /// Adds the lengths of the blocks up to the boxes around them.
    fn add_up(&mut self) {
        let Blocks { all, boxes, .. } = &mut self.out;
        for block in all.iter() {
            let bx = &mut boxes[block.bx as usize];
            bx.units += block.stats.units;
            bx.link_units += block.stats.units * block.link;
        }
        for n in (1..boxes.len()).rev() {
            let (units, link_units, images, parent) =
                (boxes[n].units, boxes[n].link_units, boxes[n].images, boxes[n].parent as usize);
            boxes[parent].units += units;
            boxes[parent].link_units += link_units;
            boxes[parent].images = boxes[parent].images.saturating_add(images);
        }
        let blocks = all.len() as u32;
        if let Some(first) = boxes.first_mut() {
            first.blocks = (0, blocks);
        }
    }
}

fn new_box(dom: &Dom, id: NodeId, parent: Option<&Bx>, parent_at: u32, first_block: u32) -> Bx {
    let tag = dom.tag(id);
    let hints = hints::of(dom, id);
    let named = named(dom, id);
    let mut hinted = parent.map_or([FAR; CATEGORIES.len()], |p| p.hinted);
    for (n, distance) in hinted.iter_mut().enumerate() {
        *distance = if hints & (1 << n) != 0 { 0 } else { (*distance + 1).min(FAR) };
    }
    let mut within = parent.map_or([FAR; AROUND.len()], |p| p.within);
    for (n, distance) in within.iter_mut().enumerate() {
        *distance = if AROUND[n] == tag { 0 } else { (*distance + 1).min(FAR) };
    }
    Bx {
        node: id,
        parent: parent_at,
        depth: parent.map_or(0, |p| p.depth + 1),
        tag,
        hinted,
        within,
        hidden: parent.is_some_and(|p| p.hidden) || is_hidden(dom, id),
        is_body: dom.element(id).is_some_and(|e| e.attr("itemprop").is_some_and(|p| p.contains("articleBody"))),
        is_live: parent.is_some_and(|p| p.is_live) || named.live,
        is_consent: parent.is_some_and(|p| p.is_consent) || named.consent,
        is_caption: parent.is_some_and(|p| p.is_caption) || named.caption,
        look: look(dom, id),
        blocks: (first_block, first_block),
        units: 0.0,
        link_units: 0.0,
        images: 0,
        children: 0,
    }
}

/// Whether the page asks not to show an element.
fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    let Some(element) = dom.element(id) else { return false };
    let styled = element.attr("style").is_some_and(|s| {
        let at = s.find("display").map(|n| s[n + 7..].trim_start_matches([' ', ':']));
        at.is_some_and(|v| v.starts_with("none")) || s.contains("visibility:hidden") || s.contains("visibility: hidden")
    });
    styled || element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true")
}

/// What live blogs are named, then what asks for consent, then captions.
const NAMES: [&str; 17] = [
    "liveblog",
    "live-blog",
    "liveticker",
    "cookie",
    "consent",
    "gdpr",
    "onetrust",
    "didomi",
    "usercentrics",
    "qc-cmp",
    "caption",
    "bildunterschrift",
    "bildtext",
    "cutline",
    "didascalia",
    "image-description",
    "imagedescription",
];

/// The first of [`NAMES`] for requests for consent, and the first for captions.
const GROUPS: (usize, usize) = (3, 10);

static NAMED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(NAMES).expect("a few short words make an automaton")
});

/// What the names of an element tell of it and of all in it.
#[derive(Debug, Clone, Copy, Default)]
struct Named {
    live: bool,
    consent: bool,
    caption: bool,
}

/// Reads the class, id, type and property of an element. Sites put the reader's consent on the whole page as a class;
/// that does not count.
fn named(dom: &Dom, id: NodeId) -> Named {
    let mut named = Named::default();
    let Some(element) = dom.element(id) else { return named };
    for value in ["class", "id", "itemtype", "itemprop", "data-testid"].into_iter().filter_map(|a| element.attr(a)) {
        for hit in NAMED.find_iter(value) {
            match hit.pattern().as_usize() {
                n if n < GROUPS.0 => named.live = true,
                n if n < GROUPS.1 => named.consent |= !matches!(element.tag, Tag::Html | Tag::Body),
                _ => named.caption |= !denied(&value[..hit.start()], &value[hit.end()..]),
            }
        }
    }
    named.caption |= element.tag == Tag::Figcaption;
    named
}

/// Whether "caption" is said of something else: "no-caption", "closed-captions", "captioned".
fn denied(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(['-', '_']);
    before.ends_with("no") || before.ends_with("closed") || after.starts_with("ed")
}

fn look(dom: &Dom, id: NodeId) -> u64 {
    let Some(element) = dom.element(id) else { return 0 };
    let class = element.attr("class").unwrap_or("");
    text::word_hash(class).wrapping_mul(31).wrapping_add(element.tag as u64)
}
