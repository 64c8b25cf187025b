//! Readers' comments: found to be counted and left out.

use super::lines::Line;
use super::words::Cue;
use std::collections::HashSet;
use std::ops::Range;

/// The comments of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Comments {
    /// The lines they stand in.
    pub(super) lines: Range<usize>,
    /// How many there are; a comment that stands there twice counts once.
    pub(super) count: u32,
}

/// Finds a thread: at least two headers such as "3. Ann Avatar" or "Ann says:", and all from the first on.
pub(super) fn find(lines: &[Line]) -> Comments {
    let headers: Vec<usize> = (0..lines.len()).filter(|n| header(&lines[*n])).collect();
    let (Some(first), true) = (headers.first().copied(), headers.len() >= 2) else { return Comments::default() };
    let end = lines.len();
    let starts: Vec<usize> = (first..end).filter(|n| headers.contains(n) || lines[*n].number.is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([end]);
    let said: HashSet<Vec<&str>> =
        starts.iter().zip(ends).map(|(from, to)| words(&lines[*from..to], header(&lines[*from]))).collect();
    Comments { lines: opening(lines, first)..end, count: said.iter().filter(|s| !s.is_empty()).count() as u32 }
}

/// What a comment says, its header left out.
fn words<'a>(lines: &'a [Line], headed: bool) -> Vec<&'a str> {
    lines.iter().skip(usize::from(headed)).flat_map(|l| l.words.iter().map(String::as_str)).collect()
}

/// A line that names who comments: numbered and with a word of comments, or a name and "says:".
fn header(line: &Line) -> bool {
    let short = line.words.len() <= 8;
    let says = line.text.ends_with(':') && line.words.last().is_some_and(|w| SAYS.contains(&w.as_str()));
    short && line.words.len() >= 2 && (says || (line.number.is_some() && line.cues.has(Cue::Comment)))
}

/// How comment sections say that somebody says something.
const SAYS: [&str; 12] =
    ["says", "said", "writes", "wrote", "schreibt", "sagt", "dit", "écrit", "dice", "escribió", "skriver", "pisze"];

/// The heading over the thread belongs to it.
fn opening(lines: &[Line], first: usize) -> usize {
    let above = first.saturating_sub(3);
    (above..first).find(|n| lines[*n].cues.has(Cue::Comment) && lines[*n].words.len() <= 6).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn a_thread_is_counted_and_what_stands_twice_is_counted_once() {
        let page = "The story ends here.\n\n2 comments\n  1. Ann Avatar\n\n    What a day.\n\n    1. Bo Avatar\n\n      نعم يا أخي\n\n  2. Ann Avatar\n\n    What a day.\n\n  3. A remark without a name that is long enough.";
        let found = find(&split(page, None));
        assert_eq!((found.lines.start, found.count), (1, 3));
    }

    #[test]
    fn one_numbered_line_is_no_thread() {
        assert_eq!(find(&split("1. Home\n2. News\nAnn says:\nText.", None)), Comments::default());
        assert_eq!(find(&split("Ann Orr says:\nGood.\nBo Ure says:\nBad.", None)).count, 2);
    }
}
