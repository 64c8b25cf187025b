//! The stories of one scraped page, put together from what its lines are.

use super::lines::{self, Line};
use super::story::{Paragraph, Story};
use super::weights::{self, Score};
use super::{banner, captions, comments, echoes, features, gaps, heads};
use hearsay_types::{Caption, Origin};
use std::collections::HashSet;

/// A line at least so likely is a story's text.
const BODY: f32 = 0.5;
/// ... or a caption.
pub(super) const CAPTION: f32 = 0.4;
/// A story has at least so many words, or signs where the script does not part words ...
const LEAST: usize = 40;
/// ... and at least this share of the page's longest.
const LEAST_SHARE: f32 = 0.12;

/// So many lines without text part a notice from a story, if it has less than this share of the words.
const FAR: usize = 9;
const LITTLE: f32 = 0.12;

/// Finds the stories of a page, in reading order.
pub(super) fn stories(text: &str, language: Option<&str>, slug: &[String]) -> Vec<Story> {
    let lines = lines::split(text, language);
    let mut scores = weights::scores(&features::rows(&lines, slug));
    let thread = comments::find(&lines);
    let starts = echoes::mark(&lines, &mut scores);
    scores[thread.lines.clone()].fill(Score::default());
    let credited: Vec<Option<String>> = lines.iter().map(banner::first_printed).collect();
    clear_credits(&lines, &credited, &mut scores);
    let body: Vec<usize> = (0..lines.len()).filter(|n| scores[*n].body >= BODY).collect();
    let parts = gaps::Splitter::new(&lines, &scores, slug, &starts, &body).stories(&body);
    let parts: Vec<Vec<usize>> = parts.iter().map(|p| trimmed(&lines, p)).collect();
    let mut made = assembled(&lines, &scores, &parts);
    let era = banner::era(&lines, |n| scores[n].body >= BODY);
    let top = made.first().map_or(0, |m| m.first);
    let titles: Vec<String> = made.iter().filter_map(|m| m.story.title.clone()).collect();
    let site = banner::site(&lines, top, &titles.iter().map(String::as_str).collect::<Vec<_>>());
    for part in &mut made {
        let printed = (part.first..part.end).find_map(|n| credited[n].clone());
        part.story.publisher = printed.or_else(|| site.clone());
        part.story.era = era;
    }
    let last = made.iter().rposition(|m| m.first < thread.lines.start).unwrap_or(0);
    if let Some(part) = made.get_mut(last) {
        part.story.comments = thread.count;
    }
    made.into_iter().map(|m| m.story).collect()
}

/// A story without what stands far off at its ends and is little beside it: a notice above, a teaser below.
fn trimmed(lines: &[Line], part: &[usize]) -> Vec<usize> {
    let words = |group: &[usize]| group.iter().map(|n| lines[*n].words.len()).sum::<usize>();
    let mut groups: Vec<&[usize]> = part.chunk_by(|a, b| b - a < FAR).collect();
    let little = (words(part) as f32 * LITTLE) as usize;
    while groups.len() > 1 && groups.first().is_some_and(|g| words(g) < little) {
        groups.remove(0);
    }
    while groups.len() > 1 && groups.last().is_some_and(|g| words(g) < little) {
        groups.pop();
    }
    groups.concat()
}

/// The line that names who printed a story first, and a lone name over it, are no text of the story.
fn clear_credits(lines: &[Line], credited: &[Option<String>], scores: &mut [Score]) {
    for n in (0..lines.len()).filter(|n| credited[*n].is_some()) {
        scores[n].body = 0.0;
        if n > 0 && lines[n - 1].words.len() <= 5 && !features::sentence_end(lines[n - 1].text) {
            scores[n - 1].body = 0.0;
        }
    }
}

/// A story and the lines it stands in.
struct Made {
    story: Story,
    first: usize,
    end: usize,
}

/// Puts each story together; stretches too short to be one are left out.
fn assembled(lines: &[Line], scores: &[Score], parts: &[Vec<usize>]) -> Vec<Made> {
    let size = |part: &Vec<usize>| part.iter().map(|n| lines[*n].words.len()).sum::<usize>();
    let longest = parts.iter().map(size).max().unwrap_or(0);
    let kept: Vec<&Vec<usize>> = parts
        .iter()
        .filter(|p| size(p) == longest || size(p) >= LEAST && size(p) as f32 >= LEAST_SHARE * longest as f32)
        .filter(|p| !p.is_empty())
        .collect();
    let mut out = Vec::new();
    let mut above = 0;
    for (n, part) in kept.iter().enumerate() {
        let end = kept.get(n + 1).map_or(lines.len(), |next| next[0]);
        out.push(made(lines, scores, part, above, end));
        above = part[part.len() - 1] + 1;
    }
    out
}

fn made(lines: &[Line], scores: &[Score], body: &[usize], above: usize, end: usize) -> Made {
    let head = heads::read(lines, scores, body, above, end);
    let first = head.title.unwrap_or(body[0]).min(body[0]);
    let last = body[body.len() - 1];
    let inside: HashSet<usize> = body.iter().copied().collect();
    let title_key = head.title.map(|t| lines[t].key);
    let text = body.iter().filter(|n| Some(lines[**n].key) != title_key);
    let paragraphs =
        text.map(|n| Paragraph { text: lines[*n].text.to_owned(), origin: Origin::Bytes(lines[*n].span) }).collect();
    let pictured =
        (first..last + 1).filter(|n| !inside.contains(n) && scores[*n].caption >= CAPTION && Some(*n) != head.title);
    let story = Story {
        title: head.title.map(|t| lines[t].text.to_owned()),
        byline: head.byline,
        published: head.published,
        modified: head.modified,
        captions: once(lines, pictured),
        paragraphs,
        ..Story::default()
    };
    Made { story, first, end }
}

/// Each caption once, in page order.
fn once(lines: &[Line], pictured: impl Iterator<Item = usize>) -> Vec<Caption> {
    let mut seen = HashSet::new();
    pictured.filter(|n| seen.insert(lines[*n].key)).map(|n| captions::read(lines[n].text)).collect()
}
