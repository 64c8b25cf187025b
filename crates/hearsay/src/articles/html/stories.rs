//! Where one story ends and the next begins: endless scroll, live blogs, a front page of full texts.

use super::blocks::{Blocks, Bx, FAR};
use super::dom::Tag;
use super::head::Head;
use super::jsonld;
use super::meta;
use super::text;

/// A heading starts a story when the signs for it weigh this much together.
const ENOUGH: f32 = 3.5;

/// A story below another is at least this long, in units.
const SHORTEST: f32 = 350.0;

/// A heading is at most this long, in units.
const HEADING: f32 = 300.0;

/// A block of running text is at least this long, in units.
const RUNNING: f32 = 60.0;

/// The fewest posts of a live blog.
const POSTS: usize = 4;

/// One story's blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Story {
    /// The blocks of its body.
    pub taken: Vec<usize>,
    /// The block of its headline; none for the page's first story where the page tells its title.
    pub heading: Option<usize>,
    /// The first block that belongs to it or to its furniture.
    pub from: usize,
    /// One past the last block before the next story.
    pub to: usize,
}

impl Story {
    /// Its byline as printed below its headline.
    pub fn byline(&self, blocks: &Blocks) -> Option<String> {
        let first = *self.taken.first()?;
        self.heading.and_then(|heading| meta::printed_byline(blocks, heading + 1..first))
    }
}

/// Parts the taken blocks into stories, in reading order.
pub(super) fn part(blocks: &Blocks, head: &Head, taken: &[usize]) -> Vec<Story> {
    let starts = posts(blocks, head, taken).unwrap_or_else(|| starts(blocks, head, taken));
    let mut stories = Vec::new();
    let mut from = 0;
    let mut heading = None;
    for start in starts.into_iter().map(Some).chain([None]) {
        let to = start.unwrap_or(blocks.all.len());
        let own: Vec<usize> = taken.iter().copied().filter(|n| (from..to).contains(n) && heading != Some(*n)).collect();
        stories.push(Story { taken: own, heading, from, to });
        (from, heading) = (to, start);
    }
    stories.retain(|s| !s.taken.is_empty());
    head_first(blocks, head, &mut stories);
    stories
}

/// Where a page of several stories has a title of its own ("Live: ..."), the first story has its headline as the second has:
/// in a heading of the same look. A page that names a story in its data has given that story's title, if in other words.
fn head_first(blocks: &Blocks, head: &Head, stories: &mut [Story]) {
    let [first, second, ..] = stories else { return };
    let Some(next) = second.heading.filter(|n| first.heading.is_none() && is_heading(blocks, *n)) else { return };
    let (look, titles) = (blocks.bx(&blocks.all[next]).look, meta::told_titles(head));
    let headings: Vec<usize> = (0..first.taken[0]).filter(|n| is_heading(blocks, *n)).collect();
    let named = head.stories().any(|t| jsonld::string(t, "headline").is_some()) || head.first(&["og:title"]).is_some();
    if !named && !titles.is_empty() && !headings.iter().any(|n| says(blocks, *n, &titles)) {
        first.heading = headings.into_iter().rev().find(|n| blocks.bx(&blocks.all[*n]).look == look);
    }
}

/// The blocks whose headings start a further story.
fn starts(blocks: &Blocks, head: &Head, taken: &[usize]) -> Vec<usize> {
    let told = told(head);
    // A page may print its own headline again, over a hidden copy of the story.
    let titles = meta::told_titles(head);
    let mut out: Vec<usize> = Vec::new();
    for n in taken[0] + 1..*taken.last().unwrap_or(&0) {
        if !is_heading(blocks, n) {
            continue;
        }
        let floor = out.last().copied().unwrap_or(0);
        let running = |t: &usize| *t < n && *t >= floor && blocks.all[*t].stats.units >= RUNNING;
        let before = taken.iter().rev().copied().find(running);
        let after = taken.iter().copied().find(|t| *t > n && blocks.all[*t].stats.units >= RUNNING);
        let again = |b: usize| (n..b).any(|m| is_heading(blocks, m) && says(blocks, m, &titles));
        if let (Some(a), Some(b)) = (before, after)
            && !again(b)
            && weigh(blocks, n, a, b, &told) >= ENOUGH
        {
            out.push(n);
        }
    }
    long_enough(blocks, taken, out)
}

/// Whether a block says one of these titles.
fn says(blocks: &Blocks, n: usize, titles: &[String]) -> bool {
    titles.iter().any(|t| meta::alike(t, blocks.text(&blocks.all[n])))
}

/// Leaves out the starts of what is too short for a story, from the end on.
fn long_enough(blocks: &Blocks, taken: &[usize], mut starts: Vec<usize>) -> Vec<usize> {
    let mut n = starts.len();
    while n > 0 {
        n -= 1;
        let to = starts.get(n + 1).copied().unwrap_or(blocks.all.len());
        let units: f32 =
            taken.iter().filter(|t| (starts[n]..to).contains(*t)).map(|t| blocks.all[*t].stats.units).sum();
        if units < SHORTEST {
            starts.remove(n);
        }
    }
    starts
}

fn is_heading(blocks: &Blocks, n: usize) -> bool {
    let block = &blocks.all[n];
    let bx = blocks.bx(block);
    let tagged = matches!(bx.tag, Tag::H1 | Tag::H2);
    let up = &blocks.boxes[bx.parent as usize];
    (tagged || matches!(up.tag, Tag::H1 | Tag::H2)) && block.stats.units <= HEADING && block.stats.words >= 2.0
}

/// Headlines that structured data gives, as their words.
fn told(head: &Head) -> Vec<String> {
    let all = head.stories().filter_map(|t| jsonld::string(t, "headline"));
    all.map(|h| flat(&h)).collect()
}

fn flat(text: &str) -> String {
    text::words(text).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How much speaks for a new story at heading `n`, where `a` is the last block of the story before and `b` the first
/// after.
fn weigh(blocks: &Blocks, n: usize, a: usize, b: usize, told: &[String]) -> f32 {
    let of = |n: usize| blocks.all[n].bx;
    let common = meet(blocks, of(a), of(b));
    let (branch_a, branch_b) = (branch(blocks, common, of(a)), branch(blocks, common, of(b)));
    let branch_n = branch(blocks, common, of(n));
    if branch_a == branch_b || branch_n == branch_a || !blocks.encloses(common, of(n)) {
        return 0.0;
    }
    let [box_a, box_b, top] = [branch_a, branch_b, common].map(|x| &blocks.boxes[x as usize]);
    let sign = |is: bool, weight: f32| if is { weight } else { 0.0 };
    let first_level = is_tag(blocks, n, Tag::H1);
    let inside = top.around(Tag::Article) < FAR || in_one_body(blocks, common);
    sign(first_level, 2.5)
        + sign(!first_level, 1.0)
        + sign(holds_article(blocks, branch_b, of(b)), 2.0)
        + sign(holds_article(blocks, branch_a, of(a)), 0.5)
        + sign(box_a.look == box_b.look, 0.5)
        + sign(signed(blocks, n, b), 1.5)
        + sign(told.len() > 1 && told.contains(&flat(blocks.text(&blocks.all[n]))), 3.0)
        + sign(inside, -3.0)
        + sign(top.hint("story") == 0 && top.tag != Tag::Main && !first_level, -1.0)
}

fn is_tag(blocks: &Blocks, n: usize, tag: Tag) -> bool {
    let bx = blocks.bx(&blocks.all[n]);
    bx.tag == tag || blocks.boxes[bx.parent as usize].tag == tag
}

/// Whether a box is, or stands in, what the page marks as one story's body.
fn in_one_body(blocks: &Blocks, bx: u32) -> bool {
    let mut at = bx;
    loop {
        let here = &blocks.boxes[at as usize];
        if here.is_body {
            return true;
        }
        if here.depth == 0 {
            return false;
        }
        at = here.parent;
    }
}

/// Whether an `article` or `main` element stands between the branch and the block's box.
fn holds_article(blocks: &Blocks, branch: u32, bx: u32) -> bool {
    let up = blocks.boxes[bx as usize].depth - blocks.boxes[branch as usize].depth;
    [Tag::Article, Tag::Main]
        .iter()
        .map(|t| blocks.boxes[bx as usize].around(*t))
        .any(|n| n < FAR && u16::from(n) <= up)
}

/// Whether a byline or a day stands by the heading, before the text.
fn signed(blocks: &Blocks, heading: usize, text: usize) -> bool {
    (heading.saturating_sub(3)..=text.min(heading + 10)).any(|n| {
        let block = &blocks.all[n];
        let bx = blocks.bx(block);
        block.stats.units < 150.0 && (block.time || bx.hint("date") < 2 || bx.hint("byline") < 2)
    })
}

/// The innermost box around both.
fn meet(blocks: &Blocks, a: u32, b: u32) -> u32 {
    let mut at = a;
    while !blocks.encloses(at, b) {
        at = blocks.boxes[at as usize].parent;
    }
    at
}

/// The box directly in `outer` that is or holds `inner`; `outer` where they are the same.
fn branch(blocks: &Blocks, outer: u32, inner: u32) -> u32 {
    let mut at = inner;
    while at != outer && blocks.boxes[at as usize].parent != outer && blocks.boxes[at as usize].depth > 0 {
        at = blocks.boxes[at as usize].parent;
    }
    at
}

/// The first blocks of a live blog's posts but the first: like-looking neighbours, each with its time, that hold most of
/// the text. None where the page is no live blog.
fn posts(blocks: &Blocks, head: &Head, taken: &[usize]) -> Option<Vec<usize>> {
    let declared = head.things.iter().any(|t| jsonld::is_type(t, |n| n == "LiveBlogPosting"));
    let named = taken.iter().filter(|n| blocks.bx(&blocks.all[**n]).is_live).count() * 2 > taken.len();
    if !declared && !named {
        return None;
    }
    let mut groups: Vec<((u32, u64), Vec<usize>)> = Vec::new();
    for (n, bx) in blocks.boxes.iter().enumerate().filter(|(_, b)| is_post(blocks, b, taken)) {
        let key = (bx.parent, bx.look);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, boxes)) => boxes.push(n),
            None => groups.push((key, vec![n])),
        }
    }
    let (_, boxes) =
        groups.into_iter().max_by_key(|(_, boxes)| boxes.len()).filter(|(_, boxes)| boxes.len() >= POSTS)?;
    Some(boxes.iter().map(|n| blocks.boxes[*n].blocks.0 as usize).filter(|n| *n > taken[0]).collect())
}

fn is_post(blocks: &Blocks, bx: &Bx, taken: &[usize]) -> bool {
    let range = bx.blocks.0 as usize..bx.blocks.1 as usize;
    let dated = range.clone().any(|n| blocks.all[n].time || blocks.bx(&blocks.all[n]).hint("date") < 2);
    let first = taken.partition_point(|t| *t < range.start);
    dated && bx.units >= 80.0 && taken.get(first).is_some_and(|t| range.contains(t))
}
