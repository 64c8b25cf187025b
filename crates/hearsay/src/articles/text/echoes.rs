//! Furniture that is printed more than once: a title over and under its picture, a caption up to four times.

use super::lines::Line;
use super::weights::Score;

/// How many lines apart a title or caption is printed again.
const NEAR: usize = 10;

/// Marks titles and captions that are printed more than once, and gives the lines at which their stories begin for sure.
pub(super) fn mark(lines: &[Line], scores: &mut [Score]) -> Vec<usize> {
    let echoed: Vec<bool> = (0..lines.len()).map(|n| again(lines, n)).collect();
    let mut starts = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        if !echoed[n] {
            n += 1;
            continue;
        }
        let end = head_end(lines, &echoed, n);
        if is_head(lines, &echoed, n, end) {
            settle(lines, &echoed, scores, n, end);
            starts.push(n);
        } else {
            (n..end).filter(|i| echoed[*i]).for_each(|i| alone(&lines[i], &mut scores[i]));
        }
        n = end;
    }
    starts
}

/// Whether a line of three and more words stands again close by.
fn again(lines: &[Line], n: usize) -> bool {
    let line = &lines[n];
    let near = n.saturating_sub(NEAR)..(n + NEAR + 1).min(lines.len());
    line.copies > 1
        && line.words.len() >= 3
        && !line.marked
        && near.into_iter().any(|i| i != n && lines[i].key == line.key)
}

/// Where a run of echoed lines ends, which lines of at most two words do not break.
fn head_end(lines: &[Line], echoed: &[bool], start: usize) -> usize {
    let mut end = start + 1;
    let mut last = start;
    while end < lines.len() && (echoed[end] || lines[end].words.len() <= 2) && end - last <= 2 {
        if echoed[end] {
            last = end;
        }
        end += 1;
    }
    last + 1
}

/// A story's head: what stands first, its title, stands again after something else.
fn is_head(lines: &[Line], echoed: &[bool], start: usize, end: usize) -> bool {
    let title = lines[start].key;
    let other = (start..end).find(|n| echoed[*n] && lines[*n].key != title);
    let copies = lines[start].copies <= 4 && lines[start].words.len() <= 40;
    copies && other.is_some_and(|o| (o..end).any(|n| lines[n].key == title))
}

fn settle(lines: &[Line], echoed: &[bool], scores: &mut [Score], start: usize, end: usize) {
    let title = lines[start].key;
    for n in start..end {
        scores[n] = match () {
            () if lines[n].key == title => Score { body: 0.0, title: 1.0, caption: 0.0 },
            () if echoed[n] => Score { body: 0.0, title: 0.0, caption: 1.0 },
            () => Score::default(),
        };
    }
}

/// An echoed line outside a head is furniture; it may well be a title or a caption.
fn alone(line: &Line, score: &mut Score) {
    if line.words.len() < 40 {
        score.body *= 0.3;
    }
    score.title = (score.title * 1.5).min(1.0);
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn a_head_is_a_title_that_comes_again_behind_its_caption() {
        let page = "Guards Leave the Old Port\nGuards at the gate. (Agency)\nGuards at the gate. (Agency)\nTT\nGuards Leave the Old Port\nGuards at the gate. (Agency)\nGuards at the gate. (Agency)\nThe guards left on Monday, the mayor of the town said.";
        let lines = split(page, None);
        let mut scores = vec![Score { body: 0.9, title: 0.0, caption: 0.0 }; lines.len()];
        assert_eq!(mark(&lines, &mut scores), [0]);
        assert_eq!(scores[4].title, 1.0);
        assert_eq!((scores[2].caption, scores[3].body, scores[7].body), (1.0, 0.0, 0.9));
    }

    #[test]
    fn a_list_of_repeated_links_is_no_head() {
        let lines = split("Read more about it\nRead more about it\nRead more about it\nText", None);
        assert!(mark(&lines, &mut [Score::default(); 4]).is_empty());
    }
}
