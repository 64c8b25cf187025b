//! What the weights look at: numbers about each block that hold in any script and any layout.

use super::blocks::{AROUND, Block, Blocks, Bx};
use super::dom::Tag;
use super::head::Head;
use super::hints::CATEGORIES;
use super::text::{self, Stats};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Words in a row that are compared with what the page says about itself.
const WINDOW: usize = 4;

/// Names of the numbers of a block's own, without those of its neighbours.
const OWN: [&str; 23] = [
    "units",
    "words",
    "link",
    "bold",
    "commas",
    "stops",
    "digits",
    "upper",
    "quotes",
    "signs",
    "ends",
    "colon",
    "opens",
    "breaks",
    "links",
    "gap",
    "time",
    "tag",
    "level",
    "hidden",
    "word_length",
    "images",
    "title_like",
];

/// Names of the numbers about where a block stands.
const PLACE: [&str; 33] = [
    "place",
    "units_before",
    "depth",
    "after_h1",
    "since_heading",
    "body_said",
    "summary_said",
    "twice",
    "look_units",
    "look_count",
    "look_link",
    "box_units",
    "box_link",
    "box_blocks",
    "box_share",
    "up_units",
    "up_link",
    "up_share",
    "up_children",
    "best",
    "best_up",
    "best_share",
    "best_before",
    "best_after",
    "in_run",
    "run_units",
    "alike_before",
    "alike_after",
    "long_before",
    "long_after",
    "gap_to_long",
    "page_blocks",
    "page_units",
];

/// How many blocks to each side are looked at.
const SIDES: usize = 2;

/// Names of the numbers of a neighbour.
const NEIGHBOUR: [&str; 6] = ["units", "link", "ends", "tag", "same_box", "same_look"];

/// The names of all numbers, in order.
pub(super) fn names() -> Vec<String> {
    let mut names: Vec<String> = OWN.iter().chain(&PLACE).map(ToString::to_string).collect();
    names.extend(CATEGORIES.iter().map(|c| format!("hint_{c}")));
    names.extend(AROUND.iter().map(|t| format!("in_{}", format!("{t:?}").to_lowercase())));
    for side in ["before", "after"] {
        for n in 1..=SIDES {
            names.extend(NEIGHBOUR.iter().map(|f| format!("{side}{n}_{f}")));
        }
    }
    names
}

/// Hands the numbers of every block of a page to `take`, block by block.
pub(super) fn rows(blocks: &Blocks, head: &Head, mut take: impl FnMut(&Block, &[f32])) {
    let page = PageFacts::new(blocks, head);
    let mut row = Vec::with_capacity(160);
    for (n, block) in blocks.all.iter().enumerate() {
        row.clear();
        page.row(n, &mut row);
        take(block, &row);
    }
}

/// A set of hashes, which need no second hashing.
pub(super) type Hashes = HashSet<u64, BuildHasherDefault<Same>>;

/// A map from hashes.
type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// A hasher for what is a hash already.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(*b)));
    }
    fn write_u64(&mut self, n: u64) {
        // The table looks at the top bits, the words' hash is best mixed there; one turn keeps short words apart too.
        self.0 = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[derive(Default, Clone, Copy)]
struct Look {
    units: f32,
    link_units: f32,
    count: u32,
}

/// What is worked out once for a page.
struct PageFacts<'a> {
    blocks: &'a Blocks,
    looks: ByHash<Look>,
    repeats: ByHash<u32>,
    hashes: Vec<u64>,
    body: Hashes,
    summary: Hashes,
    title: Hashes,
    units_before: Vec<f32>,
    total: f32,
    best: u32,
    since_h1: Vec<f32>,
    since_heading: Vec<f32>,
    long_before: Vec<f32>,
    long_after: Vec<f32>,
    runs: Vec<(u32, f32)>,
}

/// Whether a block reads like a paragraph of running text.
pub(super) fn is_paragraph(block: &Block) -> bool {
    block.stats.units >= 80.0 && block.link < 0.4 && block.stats.stops > 0
}

impl<'a> PageFacts<'a> {
    fn new(blocks: &'a Blocks, head: &Head) -> Self {
        let mut looks: ByHash<Look> = HashMap::default();
        let mut repeats: ByHash<u32> = HashMap::default();
        let mut hashes = Vec::with_capacity(blocks.all.len());
        let mut units_before = Vec::with_capacity(blocks.all.len());
        let mut total = 0.0;
        for block in &blocks.all {
            let look = looks.entry(look_of(blocks, block)).or_default();
            look.units += block.stats.units;
            look.link_units += block.stats.units * block.link;
            look.count += 1;
            let hash = text::word_hash(blocks.text(block));
            *repeats.entry(hash).or_default() += 1;
            hashes.push(hash);
            units_before.push(total);
            total += block.stats.units;
        }
        let (since_h1, since_heading) = headings(blocks);
        let (long_before, long_after) = long_around(blocks);
        PageFacts {
            blocks,
            looks,
            repeats,
            hashes,
            body: windows(head.article_body().into_iter()),
            summary: windows(head.descriptions().iter().map(String::as_str)),
            title: title_words(head),
            units_before,
            total: total.max(1.0),
            best: best_box(blocks),
            since_h1,
            since_heading,
            long_before,
            long_after,
            runs: runs(blocks),
        }
    }

    fn row(&self, n: usize, row: &mut Vec<f32>) {
        let block = &self.blocks.all[n];
        self.own(block, row);
        self.place(n, block, row);
        let bx = self.blocks.bx(block);
        row.extend(bx.hinted.iter().map(|d| f32::from(*d)));
        row.extend(bx.within.iter().map(|d| f32::from(*d)));
        for step in 1..=SIDES {
            self.neighbour(block, n.checked_sub(step), row);
        }
        for step in 1..=SIDES {
            self.neighbour(block, Some(n + step), row);
        }
    }

    fn own(&self, block: &Block, row: &mut Vec<f32>) {
        let Stats { units, words, commas, stops, digits, upper, cased, quotes, signs, ends, colon, opens } =
            block.stats;
        let bx = self.blocks.bx(block);
        let per = |n: u16| f32::from(n) / units.max(1.0);
        let flag = |b: bool| f32::from(u8::from(b));
        row.extend([
            log(units),
            log(words),
            block.link,
            block.bold,
            per(commas),
            per(stops),
            per(digits),
            if cased > 0 { f32::from(upper) / f32::from(cased) } else { -1.0 },
            per(quotes),
            per(signs),
            flag(ends),
            flag(colon),
            flag(opens),
            f32::from(block.breaks.min(20)),
            f32::from(block.links.min(20)),
            flag(block.after_gap),
            flag(block.time),
            tag_number(bx),
            heading_level(bx),
            flag(bx.hidden),
            units / words.max(1.0),
            f32::from(bx.images.min(5)),
            share_of(&self.title, text::words(self.blocks.text(block)).map(text::word_hash)),
        ]);
    }

    fn place(&self, n: usize, block: &Block, row: &mut Vec<f32>) {
        let boxes = &self.blocks.boxes;
        let bx = self.blocks.bx(block);
        let up = &boxes[bx.parent as usize];
        let look = self.looks.get(&look_of(self.blocks, block)).copied().unwrap_or_default();
        let best = &boxes[self.best as usize];
        let in_best = self.blocks.encloses(self.best, block.bx);
        let link = |b: &Bx| b.link_units / b.units.max(1.0);
        let text = self.blocks.text(block);
        row.extend([
            n as f32 / self.blocks.all.len() as f32,
            self.units_before[n] / self.total,
            f32::from(bx.depth),
            self.since_h1[n],
            self.since_heading[n],
            said(&self.body, text),
            said(&self.summary, text),
            self.repeats.get(&self.hashes[n]).copied().unwrap_or(1).min(5) as f32,
            log(look.units),
            log(look.count as f32),
            look.link_units / look.units.max(1.0),
            log(bx.units),
            link(bx),
            (bx.blocks.1.saturating_sub(bx.blocks.0)).min(200) as f32,
            bx.units / self.total,
            log(up.units),
            link(up),
            up.units / self.total,
            f32::from(up.children.min(100)),
            f32::from(u8::from(in_best)),
            if in_best { f32::from(bx.depth - best.depth) } else { -1.0 },
            best.units / self.total,
            (n as f32 - best.blocks.0 as f32).clamp(-50.0, 50.0),
            (best.blocks.1 as f32 - n as f32).clamp(-50.0, 50.0),
            self.runs[n].0.min(100) as f32,
            log(self.runs[n].1),
            self.alike(n, true),
            self.alike(n, false),
            self.long_before[n],
            self.long_after[n],
            self.long_before[n].min(self.long_after[n]),
            log(self.blocks.all.len() as f32),
            log(self.total),
        ]);
    }

    fn neighbour(&self, block: &Block, at: Option<usize>, row: &mut Vec<f32>) {
        let Some(other) = at.and_then(|n| self.blocks.all.get(n)) else {
            row.extend([-1.0; NEIGHBOUR.len()]);
            return;
        };
        let flag = |b: bool| f32::from(u8::from(b));
        let (a, b) = (self.blocks.bx(block), self.blocks.bx(other));
        row.extend([
            log(other.stats.units),
            other.link,
            flag(other.stats.ends),
            tag_number(b),
            if block.bx == other.bx { 2.0 } else { flag(a.parent == b.parent) },
            flag(a.look == b.look),
        ]);
    }

    /// How many of the five blocks before or after look the same.
    fn alike(&self, n: usize, before: bool) -> f32 {
        let look = self.blocks.bx(&self.blocks.all[n]).look;
        let range = if before { n.saturating_sub(5)..n } else { n + 1..(n + 6).min(self.blocks.all.len()) };
        range.filter(|m| self.blocks.bx(&self.blocks.all[*m]).look == look).count() as f32
    }
}

fn log(n: f32) -> f32 {
    (n + 1.0).ln()
}

fn look_of(blocks: &Blocks, block: &Block) -> u64 {
    let bx = blocks.bx(block);
    bx.look.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ blocks.boxes[bx.parent as usize].look
}

fn heading_level(bx: &Bx) -> f32 {
    match bx.tag {
        Tag::H1 => 1.0,
        Tag::H2 => 2.0,
        Tag::H3 => 3.0,
        Tag::H4 => 4.0,
        Tag::H5 => 5.0,
        Tag::H6 => 6.0,
        _ => 0.0,
    }
}

fn tag_number(bx: &Bx) -> f32 {
    match bx.tag {
        Tag::P => 0.0,
        Tag::Div | Tag::Section | Tag::Article | Tag::Main | Tag::Body | Tag::Center => 1.0,
        Tag::Td | Tag::Th | Tag::Tr | Tag::Table => 2.0,
        Tag::Li | Tag::Dt | Tag::Dd => 3.0,
        Tag::H1 => 4.0,
        Tag::H2 => 5.0,
        Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => 6.0,
        Tag::Blockquote | Tag::Pre => 7.0,
        Tag::Figcaption | Tag::Figure | Tag::Caption => 8.0,
        Tag::Button => 9.0,
        _ => 10.0,
    }
}

/// Hashes of all runs of [`WINDOW`] words of the texts.
fn windows<'t>(texts: impl Iterator<Item = &'t str>) -> Hashes {
    let mut out = Hashes::default();
    for text in texts {
        out.extend(window_hashes(text));
    }
    out
}

/// Hashes of all runs of [`WINDOW`] words of a text.
pub(super) fn window_hashes(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text::words(text).map(text::word_hash).collect();
    words
        .windows(WINDOW)
        .map(|w| w.iter().fold(7, |h: u64, x| h.wrapping_mul(0x0100_0000_01b3) ^ x.rotate_left(17)))
        .collect()
}

/// The share of a block's words that a text says too; -1 where there is no such text or the block is too short to tell.
fn said(set: &Hashes, block: &str) -> f32 {
    if set.is_empty() {
        return -1.0;
    }
    let hashes = window_hashes(block);
    if hashes.is_empty() { -0.5 } else { share_of(set, hashes.into_iter()) }
}

fn share_of(set: &Hashes, hashes: impl Iterator<Item = u64>) -> f32 {
    let (mut all, mut found) = (0u32, 0u32);
    for hash in hashes {
        all += 1;
        found += u32::from(set.contains(&hash));
    }
    found as f32 / all.max(1) as f32
}

fn title_words(head: &Head) -> Hashes {
    let title = head.first(&["og:title", "twitter:title"]).or(head.title.as_deref()).unwrap_or("");
    text::words(title).map(text::word_hash).collect()
}

/// Blocks since the first heading of the first level, and since any heading; -1 before it.
fn headings(blocks: &Blocks) -> (Vec<f32>, Vec<f32>) {
    let (mut h1, mut any) = (None, None);
    let mut out = (Vec::new(), Vec::new());
    let since = |from: Option<usize>, n: usize| from.map_or(-1.0, |f| ((n - f) as f32).min(100.0));
    for (n, block) in blocks.all.iter().enumerate() {
        let level = heading_level(blocks.bx(block));
        if level == 1.0 {
            h1 = Some(n);
        }
        if level > 0.0 {
            any = Some(n);
        }
        out.0.push(since(h1, n));
        out.1.push(since(any, n));
    }
    out
}

/// How many blocks away the nearest paragraph of running text is, before and after.
fn long_around(blocks: &Blocks) -> (Vec<f32>, Vec<f32>) {
    let far = 50.0f32;
    let scan = |order: &mut dyn Iterator<Item = usize>| {
        let mut out = vec![far; blocks.all.len()];
        let mut since = far;
        for n in order {
            out[n] = since;
            since = if is_paragraph(&blocks.all[n]) { 1.0 } else { (since + 1.0).min(far) };
        }
        out
    };
    let count = blocks.all.len();
    (scan(&mut (0..count)), scan(&mut (0..count).rev()))
}

/// For each block, how many paragraphs its run of like-boxed blocks holds, and their length.
fn runs(blocks: &Blocks) -> Vec<(u32, f32)> {
    let mut sums: HashMap<u32, (u32, f32)> = HashMap::new();
    let key = |b: &Block| blocks.bx(b).parent;
    for block in blocks.all.iter().filter(|b| is_paragraph(b)) {
        let sum = sums.entry(key(block)).or_default();
        sum.0 += 1;
        sum.1 += block.stats.units;
    }
    blocks.all.iter().map(|b| sums.get(&key(b)).copied().unwrap_or_default()).collect()
}

/// The box that most likely holds the story, by the scoring that Readability made known: each paragraph counts for the
/// boxes around it, less with each step, and links count against.
pub(super) fn best_box(blocks: &Blocks) -> u32 {
    let mut scores = vec![0.0f32; blocks.boxes.len()];
    for block in blocks.all.iter().filter(|b| b.stats.units >= 25.0) {
        let worth = 1.0 + f32::from(block.stats.commas) + (block.stats.units / 100.0).min(3.0);
        let worth = worth * (1.0 - block.link);
        let mut at = block.bx;
        for weight in [1.0, 1.0, 0.5, 0.33, 0.25] {
            scores[at as usize] += worth * weight;
            if blocks.boxes[at as usize].depth == 0 {
                break;
            }
            at = blocks.boxes[at as usize].parent;
        }
    }
    let score = |n: &u32| {
        let bx = &blocks.boxes[*n as usize];
        scores[*n as usize] * (1.0 - bx.link_units / bx.units.max(1.0))
    };
    (0..blocks.boxes.len() as u32).rev().max_by(|a, b| score(a).total_cmp(&score(b))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_name() {
        let (dom, _) = super::super::tokens::parse("<h1>A</h1><p>One long line of text, with a comma.</p><p>Two</p>");
        let blocks = super::super::blocks::find(&dom);
        let mut lengths = Vec::new();
        rows(&blocks, &Head::read(&dom), |_, row| lengths.push(row.len()));
        assert_eq!(lengths, [names().len(); 3]);
    }
}
