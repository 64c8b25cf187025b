//! Where does one story end and the next begin? Judged by the lines between two paragraphs and by the words around them.

use super::features::slug_share;
use super::lines::{Line, ideographic};
use super::weights::{self, Score};
use super::words::Cue;
use std::collections::{HashMap, HashSet};

/// A page is not split into more stories.
const MOST: usize = 200;

/// A gap must speak so strongly for a new story. The weights were made on as many pages of two stories as of one; saved pages
/// hold one story more often.
const MARGIN: f32 = 0.3;

/// What is needed to judge gaps.
pub(super) struct Splitter<'a> {
    lines: &'a [Line<'a>],
    scores: &'a [Score],
    slug: &'a [String],
    /// Lines at which a story begins for sure.
    starts: &'a [usize],
    /// The content words of each line, as numbers.
    words: Vec<Vec<usize>>,
}

/// How often each word stands in a stretch.
type Bag = HashMap<usize, f32>;

impl<'a> Splitter<'a> {
    /// `body` are the lines of all stories together.
    pub(super) fn new(
        lines: &'a [Line<'a>],
        scores: &'a [Score],
        slug: &'a [String],
        starts: &'a [usize],
        body: &[usize],
    ) -> Self {
        let common = common(lines, body);
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut number = |word: &'a str| {
            let fresh = numbers.len();
            *numbers.entry(word).or_insert(fresh)
        };
        let content =
            |w: &&String| !common.contains(w.as_str()) && (w.chars().nth(2).is_some() || w.chars().all(ideographic));
        let words = lines.iter().map(|l| l.words.iter().filter(content).map(|w| number(w)).collect()).collect();
        Splitter { lines, scores, slug, starts, words }
    }

    /// The body lines of each story.
    pub(super) fn stories(&self, body: &[usize]) -> Vec<Vec<usize>> {
        let mut open = vec![body.to_vec()];
        let mut done = Vec::new();
        while let Some(part) = open.pop() {
            match self.best(&part).filter(|_| open.len() + done.len() < MOST) {
                Some(at) => {
                    open.push(part[at..].to_vec());
                    open.push(part[..at].to_vec());
                }
                None => done.push(part),
            }
        }
        done
    }

    /// Before which of these lines a new story begins, if before any.
    fn best(&self, part: &[usize]) -> Option<usize> {
        let sure = (1..part.len()).find(|n| self.starts.iter().any(|s| part[n - 1] < *s && *s <= part[*n]));
        sure.or_else(|| {
            let judged = self.gaps(part).into_iter().map(|(at, numbers)| (at, weights::gap(&numbers)));
            judged.filter(|(_, strength)| *strength > MARGIN).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
        })
    }

    /// The gaps of a stretch of body lines and their numbers, in the order of the weights.
    fn gaps(&self, part: &[usize]) -> Vec<(usize, Vec<f32>)> {
        let total: usize = part.iter().map(|n| self.lines[*n].words.len()).sum();
        let mut moving = Moving::new(part.iter().flat_map(|n| &self.words[*n]));
        let (mut above, mut out) = (0, Vec::new());
        for at in 1..part.len() {
            let last = part[at - 1];
            above += self.lines[last].words.len();
            moving.pass(&self.words[last]);
            if part[at] - last >= 2 {
                out.push((at, self.numbers(part, at, (above, total - above), moving.cosine())));
            }
        }
        out
    }

    fn numbers(&self, part: &[usize], at: usize, words: (usize, usize), whole: f32) -> Vec<f32> {
        let inside = part[at - 1] + 1..part[at];
        let lines = &self.lines[inside.clone()];
        let title = inside
            .clone()
            .max_by(|a, b| self.scores[*a].title.total_cmp(&self.scores[*b].title))
            .unwrap_or(inside.start);
        let cue = |c: Cue| f32::from(lines.iter().any(|l| l.cues.has(c)));
        let (before, after) =
            (self.bag(&part[at.saturating_sub(8)..at]), self.bag(&part[at..(at + 8).min(part.len())]));
        let head = self.bag(&[title]);
        let log = |n: usize| (n as f32 + 1.0).ln();
        vec![
            (self.scores[title].title + 0.01).ln() / 2.0,
            (inside.len() as f32 + 1.0).ln(),
            log(lines.iter().map(|l| l.words.len()).sum()),
            f32::from(lines.iter().any(|l| !l.dates.is_empty())),
            cue(Cue::Byline),
            cue(Cue::More),
            cue(Cue::Comment),
            4.0 * cosine(&after, &before),
            4.0 * whole,
            log(words.0).min(6.5),
            log(words.1).min(6.5),
            4.0 * (cosine(&head, &after) - cosine(&head, &before)),
            lines.iter().filter(|l| l.marked).count() as f32 / lines.len().max(1) as f32,
            slug_share(&self.lines[title], self.slug),
            f32::from(lines.iter().any(|l| super::features::clock(l.text))),
            log(self.lines[title].copies - 1),
        ]
    }

    fn bag(&self, lines: &[usize]) -> Bag {
        let mut bag = Bag::new();
        lines.iter().flat_map(|n| &self.words[*n]).for_each(|w| *bag.entry(*w).or_default() += 1.0);
        bag
    }
}

/// The words that stand most often in the stories say nothing about what they are about.
fn common<'a>(lines: &'a [Line], body: &[usize]) -> HashSet<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    body.iter().flat_map(|n| &lines[*n].words).for_each(|w| *counts.entry(w).or_default() += 1);
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked.into_iter().take(40).map(|(w, _)| w).collect()
}

fn cosine(a: &Bag, b: &Bag) -> f32 {
    let (small, large) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut shared: Vec<f32> = small.iter().filter_map(|(w, n)| large.get(w).map(|m| n * m)).collect();
    shared.sort_by(f32::total_cmp); // Sums of floats depend on their order, and a map has none.
    let norm = |bag: &Bag| {
        let mut squares: Vec<f32> = bag.values().map(|n| n * n).collect();
        squares.sort_by(f32::total_cmp);
        squares.iter().sum::<f32>()
    };
    let norms = norm(a) * norm(b);
    if norms > 0.0 { shared.iter().sum::<f32>() / norms.sqrt() } else { 0.0 }
}

/// The likeness of what lies behind a point and what lies before it, kept up while the point moves.
struct Moving {
    /// For each word, how often it stands behind and ahead.
    counts: HashMap<usize, (i64, i64)>,
    shared: i64,
    behind: i64,
    ahead: i64,
}

impl Moving {
    fn new<'b>(words: impl Iterator<Item = &'b usize>) -> Self {
        let mut counts: HashMap<usize, (i64, i64)> = HashMap::new();
        words.for_each(|w| counts.entry(*w).or_default().1 += 1);
        let ahead = counts.values().map(|(_, n)| n * n).sum();
        Moving { counts, shared: 0, behind: 0, ahead }
    }

    fn pass(&mut self, words: &[usize]) {
        for word in words {
            let (b, a) = self.counts.entry(*word).or_default();
            self.shared += (*b + 1) * (*a - 1) - *b * *a;
            self.behind += 2 * *b + 1;
            self.ahead -= 2 * *a - 1;
            (*b, *a) = (*b + 1, *a - 1);
        }
    }

    fn cosine(&self) -> f32 {
        let norms = (self.behind as f64) * (self.ahead as f64);
        if norms > 0.0 { (self.shared as f64 / norms.sqrt()) as f32 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moving_likeness_is_that_of_two_bags() {
        let words = [1, 2, 2, 3, 1, 4];
        let mut moving = Moving::new(words.iter());
        moving.pass(&words[..3]);
        let bag = |w: &[usize]| {
            w.iter().fold(Bag::new(), |mut b, w| {
                *b.entry(*w).or_default() += 1.0;
                b
            })
        };
        assert!((moving.cosine() - cosine(&bag(&words[..3]), &bag(&words[3..]))).abs() < 1e-6);
    }
}
