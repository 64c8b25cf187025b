//! When a page says its story was published and last changed: structured data, meta elements, `time` elements, the
//! address, visible text, in that order of trust.

use super::super::dates::{self, Years};
use super::blocks::{Block, Blocks};
use super::dom::{Dom, NONE, NodeId};
use super::head::Head;
use super::jsonld::{self, Thing};
use super::text;
use jiff::Timestamp;
use jiff::civil::Date;

/// How many blocks before the story and after its headline its printed day is looked for.
const NEAR: usize = 12;

/// Two times are one moment when they are less than this apart, in seconds.
const MINUTE: i64 = 60;

/// A paragraph opens with a day that stands at most this many bytes from its start.
const OPENING: usize = 3;

/// A `time` element that stands more blocks than this before the story is seldom the story's.
const FAR: usize = 40;

/// The longest line that is taken for a printed day with its furniture, in units.
const LINE: f32 = 160.0;

/// The days of publication and of the last change.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// The day of publication.
    pub published: Option<Date>,
    /// The day of the last change.
    pub modified: Option<Date>,
}

/// A day that a page declares.
#[derive(Debug, Clone, Copy)]
struct Told {
    date: Date,
    /// Whether its hour is given in universal time: the day where the publisher is can be the one before.
    utc: bool,
    /// The moment, where it is told to the second.
    moment: Option<Timestamp>,
}

impl Told {
    /// Whether a time, in whatever zone, is this moment.
    fn is_at(&self, value: &str) -> bool {
        let seconds = |t: Timestamp| t.as_second();
        let other = value.trim().parse::<Timestamp>().ok();
        self.moment.zip(other).is_some_and(|(a, b)| (seconds(a) - seconds(b)).abs() < MINUTE)
    }
}

/// What tells when a story was published.
pub(super) struct Evidence<'a> {
    /// The tree.
    pub dom: &'a Dom,
    /// What the page says about itself.
    pub head: &'a Head,
    /// Its blocks.
    pub blocks: &'a Blocks,
    /// The address.
    pub url: Option<&'a str>,
    /// The language of the story.
    pub language: Option<&'a str>,
}

const PUBLISHED: [&str; 34] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "published_date",
    "published_at",
    "displaydate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "article:post_time",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "rbpubdate",
    "ptime",
    "originalpublicationdate",
    "date",
];

const MODIFIED: [&str; 12] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "modified_time",
    "updated_time",
    "revision_date",
    "lastmodified",
];

impl Evidence<'_> {
    /// The days of the page's first story, or of the story whose blocks are `taken`.
    pub fn when(&self, taken: &[usize]) -> When {
        let changed = self.structured(&["dateModified"]).or_else(|| self.meta(&MODIFIED));
        let modified = changed.map(|t| t.date).or_else(|| self.elements(true, taken));
        let declared =
            self.structured(&["datePublished", "dateCreated", "uploadDate"]).or_else(|| self.meta(&PUBLISHED));
        let address = self.url.and_then(in_address);
        let published = declared
            .map(|day| self.local(day, address))
            .or_else(|| self.elements(false, taken).or(address).or_else(|| self.printed(taken)));
        When { published, modified: modified.filter(|m| published.is_none_or(|p| *m >= p)) }
    }

    /// The day where the publisher is, for an hour in universal time: the address or the printed time may tell it.
    fn local(&self, day: Told, address: Option<Date>) -> Date {
        if !day.utc {
            return day.date;
        }
        let eve = |d: &Date| is_eve(*d, day.date);
        let values = self.head.times.iter().filter_map(|id| self.dom.element(*id)?.attr("datetime"));
        let local = values.filter(|v| day.is_at(v)).filter_map(machine_day).find(eve);
        address.filter(eve).or(local).unwrap_or(day.date)
    }

    /// The days of a story that stands below another one: only what stands in it and by it counts.
    pub fn when_below(&self, taken: &[usize], from: usize) -> When {
        let published = self.elements_from(from, taken).or_else(|| self.printed_in(from, taken));
        When { published, modified: None }
    }

    fn structured(&self, keys: &[&str]) -> Option<Told> {
        let read = |t: &Thing| keys.iter().find_map(|k| self.told(&jsonld::string(t, k)?));
        let page =
            |t: &&Thing| jsonld::is_type(t, |n| n.ends_with("Page") || matches!(n, "CreativeWork" | "VideoObject"));
        self.head.stories().find_map(read).or_else(|| self.head.things.iter().filter(page).find_map(read))
    }

    fn meta(&self, names: &[&str]) -> Option<Told> {
        names.iter().find_map(|n| self.head.all(n).find_map(|value| self.told(value)))
    }

    fn told(&self, value: &str) -> Option<Told> {
        let value = value.trim();
        let clock = value.contains(':') || value.bytes().all(|b| b.is_ascii_digit()) && value.len() >= 10;
        let utc = clock
            && (value.ends_with('Z') || value.ends_with("+00:00") || value.ends_with("+0000") || !value.contains(':'));
        let moment = value.parse().ok();
        self.day(value).map(|date| Told { date, utc, moment })
    }

    /// A day from a value that is written for machines, or as well as pages manage.
    fn day(&self, value: &str) -> Option<Date> {
        machine_day(value)
            .or_else(|| dates::find(value, self.language, Years::Full).into_iter().find_map(dates::PrintedDate::date))
    }

    /// The day of the `time` element that most likely is the story's.
    fn elements(&self, modified: bool, taken: &[usize]) -> Option<Date> {
        let first = taken.first().copied().unwrap_or(0);
        let last = taken.last().copied().unwrap_or(first);
        let far = |at: usize| u8::from(at + FAR < first || at > last + 1);
        let best = self.times(modified).min_by_key(|(worth, at, _)| (*worth + far(*at), at.abs_diff(first)));
        best.map(|(_, _, day)| day)
    }

    fn elements_from(&self, from: usize, taken: &[usize]) -> Option<Date> {
        let last = taken.last().copied().unwrap_or(from);
        let inside = self.times(false).filter(|(_, at, _)| (from..=last + 1).contains(at));
        inside.min_by_key(|(worth, at, _)| (*worth, at.abs_diff(from))).map(|(_, _, day)| day)
    }

    /// Days of `time` elements: how little they are worth (0 best), before which block they stand, and the day.
    fn times(&self, modified: bool) -> impl Iterator<Item = (u8, usize, Date)> + '_ {
        self.head.times.iter().filter_map(move |id| {
            let element = self.dom.element(*id)?;
            let prop = element.attr("itemprop").unwrap_or("");
            let named = format!("{prop} {}", element.attr("class").unwrap_or("")).to_ascii_lowercase();
            let changed = named.contains("modif") || named.contains("updat");
            if changed != modified {
                return None;
            }
            let value = ["datetime", "content", "title"].iter().find_map(|a| element.attr(a));
            let day = value.and_then(|v| self.day(v)).or_else(|| self.day(&text::clean(&self.dom.text(*id, 200))))?;
            let sure = named.contains("publi") || element.attr("pubdate").is_some() || named.contains("created");
            let (at, worth) = self.place(*id);
            Some((if sure { 0 } else { 1 } + worth, at, day))
        })
    }

    /// The block at which an element stands, and how little a day there is worth.
    fn place(&self, id: NodeId) -> (usize, u8) {
        let mut at = id;
        while at != NONE {
            if let Ok(n) = self.blocks.boxes.binary_search_by_key(&at, |b| b.node) {
                return self.worth(n);
            }
            if let Some(n) = self.blocks.boxes.iter().position(|b| b.node == at) {
                return self.worth(n);
            }
            at = self.dom.node(at).parent;
        }
        (0, 3)
    }

    fn worth(&self, bx: usize) -> (usize, u8) {
        let bx = &self.blocks.boxes[bx];
        let aside = bx.hint("comment") < 6 || bx.hint("related") < 4 || bx.hint("nav") < 2 || bx.hint("footer") < 3;
        (bx.blocks.0 as usize, if aside { 4 } else { 0 })
    }

    /// A day printed near the story's start, then at its end, then in the page's furniture.
    fn printed(&self, taken: &[usize]) -> Option<Date> {
        let first = taken.first().copied().unwrap_or(0);
        let last = taken.last().copied().unwrap_or(first);
        self.printed_at(first.saturating_sub(NEAR)..first + 3, first)
            .or_else(|| self.printed_at(last..last + NEAR, last))
            .or_else(|| self.printed_at(0..self.blocks.all.len(), first))
            .or_else(|| taken.iter().take(2).find_map(|n| self.opening(*n)))
    }

    fn printed_in(&self, from: usize, taken: &[usize]) -> Option<Date> {
        let first = taken.first().copied().unwrap_or(from);
        self.printed_at(from..first + 2, first)
    }

    /// The day printed on a short line in the range, nearest to `to`; lines that look like a date line come first.
    fn printed_at(&self, range: std::ops::Range<usize>, to: usize) -> Option<Date> {
        let lines = range.filter_map(|n| Some((n, self.blocks.all.get(n)?)));
        let days = lines
            .filter(|(_, b)| b.stats.units <= LINE)
            .filter_map(|(n, b)| Some((self.line_worth(b), n.abs_diff(to), self.line_day(b)?)));
        days.min_by_key(|(worth, away, _)| (*worth, *away)).map(|(_, _, day)| day)
    }

    /// The day that a paragraph opens with.
    fn opening(&self, n: usize) -> Option<Date> {
        let text = self.blocks.text(&self.blocks.all[n]);
        let found = dates::find(text, self.language, Years::Full).into_iter().find(|d| d.span.start <= OPENING);
        found.and_then(dates::PrintedDate::date)
    }

    fn line_worth(&self, block: &Block) -> u8 {
        let bx = self.blocks.bx(block);
        let aside = bx.hint("comment") < 5 || bx.hint("related") < 3 || block.link > 0.6;
        match (bx.hint("date") < 3 || block.time, aside) {
            (true, false) => 0,
            (false, false) => 1,
            _ => 2,
        }
    }

    fn line_day(&self, block: &Block) -> Option<Date> {
        dates::find(self.blocks.text(block), self.language, Years::Full).into_iter().find_map(dates::PrintedDate::date)
    }
}

fn is_eve(day: Date, next: Date) -> bool {
    day.tomorrow().is_ok_and(|t| t == next)
}

/// A day written for machines: ISO 8601, eight digits, seconds or milliseconds since 1970, or as mail and feeds write it
/// (RFC 2822), in the zone that it names.
pub(in crate::articles) fn machine_day(value: &str) -> Option<Date> {
    let value = value.trim();
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let plain = digits == value.len();
    match digits {
        4 => ymd(value, &['-', '/', '.']),
        8 | 14 => numbers(value.get(..4)?, value.get(4..6)?, value.get(6..8)?),
        10 if plain => since_1970(value.parse().ok()?),
        13 if plain => since_1970(value.parse::<i64>().ok()? / 1000),
        0..=2 => plausible(jiff::fmt::rfc2822::parse(value).ok()?.date()),
        _ => None,
    }
}

fn since_1970(seconds: i64) -> Option<Date> {
    let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    plausible(jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?)
}

fn ymd(value: &str, separators: &[char]) -> Option<Date> {
    let mut parts = value.splitn(3, separators);
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    numbers(year, month, rest.get(..day)?)
}

fn numbers(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.is_empty() || day.len() > 2 {
        return None;
    }
    plausible(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?)
}

/// The web and its archives: no page is older than 1990 as it stands, but archives put older stories up.
fn plausible(date: Date) -> Option<Date> {
    (1850..=2100).contains(&date.year()).then_some(date).filter(|d| *d != jiff::civil::date(1970, 1, 1))
}

/// The day in an address: `/2019/06/24/`, `/2019-06-24-`, `/20190624`.
pub(super) fn in_address(address: &str) -> Option<Date> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, p)| p);
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run == 4 {
            if let Some(day) = in_parts(&path[at..]) {
                return Some(day);
            }
        } else if run == 8
            && let Some(day) = machine_day(&path[at..at + 8]).filter(|d| (1995..=2100).contains(&d.year()))
        {
            return Some(day);
        }
        at += run.max(1);
    }
    None
}

fn in_parts(path: &str) -> Option<Date> {
    let separator = path[4..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
    let mut parts = path.splitn(4, separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = day.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits == day.len() || !day.as_bytes()[digits].is_ascii_alphanumeric();
    numbers(year, month, &day[..digits]).filter(|d| whole && (1995..=2100).contains(&d.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_for_machines_are_read_in_their_forms() {
        let day = Some(date(2019, 6, 4));
        for value in [
            "2019-06-04T23:10:00+02:00",
            "2019-6-4",
            "20190604",
            "2019/06/04 10:00",
            "1559606400",
            "1559606400000",
            "20190604101500",
            "Tue, 04 Jun 2019 23:40:00 +0400",
            "4 Jun 2019 00:10 EST",
        ] {
            assert_eq!(machine_day(value), day, "{value}");
        }
        assert_eq!(machine_day("04.06.2019"), None);
        assert_eq!(machine_day("1970-01-01T00:00:00Z"), None);
    }

    #[test]
    fn addresses_tell_days() {
        assert_eq!(in_address("https://example.org/2019/06/04/bridge.html"), Some(date(2019, 6, 4)));
        assert_eq!(in_address("https://example.org/news/bridge-2019-06-04-reopens"), Some(date(2019, 6, 4)));
        assert_eq!(in_address("https://example.org/news/20190604_bridge"), Some(date(2019, 6, 4)));
        assert_eq!(in_address("https://example.org/2019/06/bridge-12345678"), None);
        assert_eq!(in_address("https://2019-06-04.example.org/"), None);
    }
}
