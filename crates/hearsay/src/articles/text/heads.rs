//! What stands over a story: its title, its day, its author.

use super::lines::Line;
use super::weights::Score;
use super::words::Cue;
use hearsay_types::Interval;
use jiff::civil::Date;
use std::ops::Range;

/// The head of a story.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The line of its title.
    pub(super) title: Option<usize>,
    pub(super) byline: Option<String>,
    pub(super) published: Interval,
    pub(super) modified: Interval,
}

/// A title less likely than this is none.
const TITLE: f32 = 0.12;

/// Reads the head of the story that has these body lines. `above` is where the last story ended.
pub(super) fn read(lines: &[Line], scores: &[Score], body: &[usize], above: usize, end: usize) -> Head {
    let first = body.first().copied().unwrap_or(end);
    let title = title(lines, scores, above..first, body).or_else(|| plain_title(lines, above..first));
    let top = title.map_or(first, |t| t.min(first)).saturating_sub(5).max(above);
    let reach = body.get(5).copied().unwrap_or(end).min(first + 14).min(lines.len());
    let furniture: Vec<usize> = (top..reach)
        .filter(|n| !body.contains(n) && Some(*n) != title && scores[*n].caption < super::pages::CAPTION)
        .collect();
    let (mut published, modified) = days(lines, &furniture, title.unwrap_or(first));
    if published.is_none() {
        let said: Vec<usize> =
            (above.max(first.saturating_sub(60))..top).filter(|n| lines[*n].cues.has(Cue::Published)).collect();
        published = days(lines, &said, first).0;
    }
    if published.is_none() {
        let last = body.last().copied().unwrap_or(first);
        let below: Vec<usize> =
            (last + 1..(last + 8).min(end)).filter(|n| lines[*n].cues.has(Cue::Published)).collect();
        published = days(lines, &below, last).0;
    }
    let day = |d: Option<Date>| d.map_or(Interval::UNKNOWN, Interval::day);
    Head { title, byline: byline(lines, &furniture), published: day(published), modified: day(modified) }
}

/// The likeliest title over the story or among its first lines; of equals the last, since a site's name and a breadcrumb come
/// first. An address, a byline or "3 of 12" is none.
fn title(lines: &[Line], scores: &[Score], zone: Range<usize>, body: &[usize]) -> Option<usize> {
    let inside = body.iter().take(3).copied().filter(|n| scores[*n].title > 0.5);
    let fits = |n: &usize| scores[*n].title > TITLE && (scores[*n].title > 0.99 || can_head(&lines[*n]));
    zone.chain(inside).filter(fits).max_by(|a, b| scores[*a].title.total_cmp(&scores[*b].title))
}

fn can_head(line: &Line) -> bool {
    let byline = line.cues.has(Cue::Byline) && line.words.len() <= 8;
    let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
    !byline && letters * 2 > line.chars && !line.text.contains("://")
}

/// Where the weights see no title: the line right over the story, if it has the shape of one.
fn plain_title(lines: &[Line], zone: Range<usize>) -> Option<usize> {
    let shaped = |l: &Line| {
        let bare = !l.marked
            && l.dates.is_empty()
            && !l.cues.has(Cue::Credit)
            && l.cues.taken == 0
            && !l.text.ends_with([':', '.', ',']);
        bare && can_head(l) && (4..=40).contains(&l.words.len()) && l.chars >= 12
    };
    let from = zone.start.max(zone.end.saturating_sub(3));
    (from..zone.end).rev().find(|n| shaped(&lines[*n]))
}

/// The days of publication and of the last change that a story's furniture prints. A line that says "published" wins;
/// then the one nearest to the title.
fn days(lines: &[Line], furniture: &[usize], title: usize) -> (Option<Date>, Option<Date>) {
    let (mut published, mut modified): (Vec<(i32, Date)>, Option<Date>) = (Vec::new(), None);
    for n in furniture.iter().copied() {
        let line = &lines[n];
        let dates: Vec<Date> = line.dates.iter().filter_map(|d| d.date()).collect();
        let Some(first) = dates.first().copied() else { continue };
        let changed = line.cues.has(Cue::Updated);
        let said = line.cues.has(Cue::Published)
            || n > 0 && lines[n - 1].cues.has(Cue::Published) && lines[n - 1].words.len() <= 3;
        if changed && !said && dates.len() == 1 && opens_changed(line) {
            modified = modified.or(Some(first));
            continue;
        }
        if changed && dates.len() > 1 {
            modified = modified.or(dates.get(1).copied());
        }
        let far = n.abs_diff(title).min(30) as i32;
        let long = i32::from(line.words.len() > 18) * 20;
        published.push((
            far + long - 40 * i32::from(said) + 3 * i32::from(n < title) + 25 * i32::from(line.cues.has(Cue::More)),
            first,
        ));
    }
    let best = published.into_iter().min_by_key(|(rank, _)| *rank).map(|(_, d)| d);
    (best, modified.filter(|m| best.is_none_or(|b| b <= *m)))
}

/// Whether the words that say "updated" stand before the day.
fn opens_changed(line: &Line) -> bool {
    let Some(date) = line.dates.first() else { return false };
    let before = super::lines::words_of(line.text.get(..date.span.start).unwrap_or(""));
    Cue::all(&before, "").has(Cue::Updated)
}

/// "By Ann Orr", "von" over "Ann Orr".
fn byline(lines: &[Line], furniture: &[usize]) -> Option<String> {
    furniture.iter().copied().filter(|n| lines[*n].cues.has(Cue::Byline)).find_map(|n| {
        let line = &lines[n];
        let name = match line.text.split_once(char::is_whitespace) {
            Some((_, name)) if line.words.len() <= 9 => name.trim(),
            None if line.words.len() == 1 => lines.get(n + 1).map(|l| l.text).filter(|t| t.chars().count() < 60)?,
            _ => return None,
        };
        let name = name.split(['|', '•', '·']).next().unwrap_or(name).trim().trim_end_matches(',');
        let named = name
            .split_whitespace()
            .next()
            .and_then(|w| w.chars().next())
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        (named && !name.chars().any(char::is_numeric)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;
    use jiff::civil::date;

    fn head(page: &str, title: usize, body: &[usize]) -> Head {
        let lines = split(page, Some("en"));
        let mut scores = vec![Score::default(); lines.len()];
        scores[title].title = 0.9;
        read(&lines, &scores, body, 0, lines.len())
    }

    #[test]
    fn the_day_beside_the_title_is_that_of_publication() {
        let page = "Friday, 3 May 2024\nHome\nNews\nSport\nWeather\nMore\nGuards leave\nBy Ann Orr\nPublished 2 May 2024 | Updated 4 May 2024\nThe guards left.\nRelated 1 May 2020";
        let found = head(page, 6, &[9]);
        assert_eq!(found.title, Some(6));
        assert_eq!(found.byline.as_deref(), Some("Ann Orr"));
        assert_eq!(
            (found.published, found.modified),
            (Interval::day(date(2024, 5, 2)), Interval::day(date(2024, 5, 4)))
        );
    }

    #[test]
    fn a_change_is_no_publication() {
        let found = head("Guards leave\nLast updated: 4 May 2024\nThe guards left.", 0, &[2]);
        assert_eq!((found.published, found.modified), (Interval::UNKNOWN, Interval::day(date(2024, 5, 4))));
    }
}
