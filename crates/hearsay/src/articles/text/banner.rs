//! What a page's banner and its last lines tell of all that stands on it: who publishes it, from which years it is.

use super::lines::{Line, words_of};
use super::words::Cue;
use hearsay_types::Interval;
use jiff::civil::Date;

/// The years that an archive's banner names: "English Archive 2005 -2017".
pub(super) fn era(lines: &[Line], is_body: impl Fn(usize) -> bool) -> Interval {
    let named =
        lines.iter().enumerate().filter(|(n, l)| l.cues.has(Cue::Banner) && l.words.len() <= 30 && !is_body(*n));
    named.filter_map(|(_, l)| years(l)).next().unwrap_or(Interval::UNKNOWN)
}

/// Two years with a dash between, among the last words of a line.
fn years(line: &Line) -> Option<Interval> {
    let (first, last) = line.text.rsplit_once(['-', '–', '—'])?;
    let year = |text: Option<&str>| text?.parse().ok().filter(|y: &i16| (1900..=2100).contains(y));
    let from = year(first.split_whitespace().last())?;
    let to = year(last.split_whitespace().next())?;
    let bounds = (Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?);
    (from < to).then(|| Interval::between(bounds.0, bounds.1))
}

/// Who publishes the page: named by two banner lines alike, or by a banner line over the story's own title.
///
/// A name in the story's sentences ("told the Ombra Post") tells nothing: stories also name other outlets.
pub(super) fn site(lines: &[Line], above: usize, titles: &[&str]) -> Option<String> {
    let banners: Vec<(&str, &str)> = lines[..above.min(lines.len())].iter().filter_map(|l| parted(l.text)).collect();
    let alike = banners.iter().enumerate().find_map(|(n, (_, site))| {
        let others = banners.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, (_, other))| words_of(other));
        let words = words_of(site);
        others.into_iter().any(|o| o.starts_with(&words)).then_some(*site)
    });
    let titled =
        banners.iter().find(|(title, _)| titles.iter().any(|t| words_of(t) == words_of(title))).map(|(_, site)| *site);
    alike.or(titled).map(str::to_owned)
}

/// "Title | Site": what stands before the last bar and behind it.
fn parted(line: &str) -> Option<(&str, &str)> {
    let (title, site) = line.rsplit_once(" | ")?;
    let words = site.split_whitespace().count();
    let named = site.trim().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    ((1..=7).contains(&words) && named && title.split_whitespace().count() >= 3).then_some((title.trim(), site.trim()))
}

/// Who printed a story first, from a line of its own: "First published in the TIMES".
pub(super) fn first_printed(line: &Line) -> Option<String> {
    if !line.cues.has(Cue::FirstPrinted) || line.words.len() > 14 {
        return None;
    }
    let name =
        line.text.split_once(" in ").or_else(|| line.text.split_once(" by ")).or_else(|| line.text.split_once(" on "));
    let name = name
        .or_else(|| line.text.split_once(" at "))
        .or_else(|| line.text.split_once([':', '：']))
        .map(|(_, n)| n.trim())?;
    let name =
        name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).trim_end_matches(['.', ' ']);
    let name = name.split([',', '(']).next().unwrap_or(name).trim();
    (!name.is_empty() && name.split_whitespace().count() <= 6).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_archive_names_its_years_and_its_site() {
        let page = "North Coast News Opinion | The Ombra post\nGuards Leave the Port | THE OMBRA POST English Archive 1995 -2007\nSelect Page\nGuards leave\nThe guards left.";
        let lines = split(page, None);
        assert_eq!(era(&lines, |_| false), Interval::between(date(1995, 1, 1), date(2007, 12, 31)));
        assert_eq!(site(&lines, 3, &[]).as_deref(), Some("The Ombra post"));
    }

    #[test]
    fn a_menu_is_no_banner() {
        let lines = split("News | Sport | Weather\nGuards leave", None);
        assert_eq!(site(&lines, 1, &["Guards leave"]), None);
        let lines = split("Guards leave the port | Ombra Post\nGuards leave the port", None);
        assert_eq!(site(&lines, 1, &["Guards leave the port"]).as_deref(), Some("Ombra Post"));
    }

    #[test]
    fn the_first_printer_is_named_by_a_line_of_its_own() {
        let lines = split(
            "First published in the COURIER\nIt was first published in the Courier, he said, and read by everybody in the town who could read at all.",
            None,
        );
        assert_eq!(first_printed(&lines[0]).as_deref(), Some("COURIER"));
        assert_eq!(first_printed(&lines[1]), None);
    }
}
