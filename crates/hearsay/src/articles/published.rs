//! When can a story have been published, as far as its own words tell?
//!
//! Each piece of evidence allows some days and forbids the rest; what all of them allow is the answer, and it must hold
//! the true day. An open bound stays open. Dates in pictures' captions, past years, named events and offices give lower
//! bounds; "President-elect", an archive's banner, a capture, and "last year" said of a known event give upper ones too.

use super::dates::{self, PrintedDate, Years};
use hearsay_data::press::FACTS;
use hearsay_types::{Article, Interval, PublishedBasis};
use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// When a story without metadata can have been published, and on what that rests.
///
/// `printed` is the day in its dateline; `captured` the day its page was saved. What the page's banner allows stands in
/// [`Article::published`].
pub(super) fn by(
    article: &Article,
    printed: Option<PrintedDate>,
    captured: Option<Date>,
) -> (Interval, PublishedBasis) {
    if let Some(day) = printed.and_then(PrintedDate::date) {
        return (Interval::day(day), PublishedBasis::Dateline);
    }
    let evidence = evidence(article);
    let mut days = Days::of(article.published);
    for allowed in &evidence {
        days.keep(allowed);
    }
    let told = !days.hull().is_unknown();
    days.keep(&[Interval { earliest: None, latest: captured }]);
    if let Some(day) = printed.and_then(|p| year_of(p.month, p.day, days.hull())) {
        return (day, PublishedBasis::Dateline);
    }
    let basis = match (told, captured) {
        (true, _) => PublishedBasis::Text,
        (false, Some(_)) => PublishedBasis::Metadata,
        (false, None) => PublishedBasis::None,
    };
    (days.hull(), basis)
}

/// The one day of this month and day on which a story published in `published` can have been filed; none if several.
pub(super) fn year_of(month: i8, day: i8, published: Interval) -> Option<Interval> {
    let (first, last) = (published.earliest?, published.latest?);
    let soonest = first.checked_sub(14.days()).ok()?;
    let mut fit = (soonest.year()..=last.year())
        .filter_map(|y| Date::new(y, month, day).ok())
        .filter(|d| soonest <= *d && *d <= last);
    let found = fit.next()?;
    fit.next().is_none().then(|| Interval::day(found))
}

/// The days that are still possible: intervals in order, apart from each other.
struct Days(Vec<Interval>);

impl Days {
    fn of(interval: Interval) -> Self {
        Days(vec![interval])
    }

    /// Keeps what one piece of evidence allows. Evidence that contradicts all that came before is left out.
    fn keep(&mut self, allowed: &[Interval]) {
        let met: Vec<Interval> = self.0.iter().flat_map(|a| allowed.iter().filter_map(|b| a.meet(*b))).collect();
        if !met.is_empty() {
            self.0 = met;
        }
    }

    /// The smallest interval over all of them.
    fn hull(&self) -> Interval {
        let earliest = self.0.iter().map(|i| i.earliest).min().flatten();
        let open = self.0.iter().any(|i| i.latest.is_none());
        let latest = if open { None } else { self.0.iter().filter_map(|i| i.latest).max() };
        Interval { earliest, latest }
    }
}

/// What the story's words allow, the firmest first.
fn evidence(article: &Article) -> Vec<Vec<Interval>> {
    let language = article.language.as_deref();
    let captions =
        article.captions.iter().flat_map(|c| dates::find(&c.text, language, Years::Full)).filter_map(PrintedDate::date);
    let mut found: Vec<Vec<Interval>> = captions.map(|d| vec![since(d)]).collect();
    if language.is_none_or(|l| l.starts_with("en")) {
        let title = article.title.as_deref().unwrap_or("");
        let texts = [title, &article.text].into_iter().chain(article.captions.iter().map(|c| c.text.as_str()));
        let all = texts.collect::<Vec<_>>().join("\n").to_lowercase();
        events(&all, &mut found);
        offices(&all, &mut found);
        names(&all, &mut found);
        let dated = article.text.split('\n').flat_map(sentences).filter(|s| s.contains("19") || s.contains("20"));
        for sentence in dated.filter(|s| past(s)) {
            printed_days(sentence, &mut found);
            printed_years(sentence, &mut found);
        }
    }
    found
}

/// No story is older than this.
fn since(day: Date) -> Interval {
    Interval { earliest: Some(day), latest: None }
}

/// Sentences, roughly: enough to keep one sentence's tense from another's, without a cut behind "Dec.".
fn sentences(paragraph: &str) -> impl Iterator<Item = &str> {
    static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\w’”\x22)]{4}[.!?;][”’\x22)]?\s+"));
    let ends: Vec<usize> = END.find_iter(paragraph).map(|m| m.end()).chain([paragraph.len()]).collect();
    let mut start = 0;
    ends.into_iter().map(move |end| &paragraph[std::mem::replace(&mut start, end)..end])
}

/// Whether a sentence tells of the past alone, so that a day in it is a lower bound.
fn past(sentence: &str) -> bool {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:was|were|had|did|has|have|began|took|came|became|went|said|told|left|won|lost|led|met|held|made|sent|gave|fell|broke|fled|shot|\w{2,}ed)\b",
        )
    });
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:will|would|shall|(?-i:may)|might|could|can|due|planned|plans?|scheduled|expected|expects?|until|till|by|before|next|upcoming|future|forecasts?|projected|deadline|targets?|aims?|goals?|elections?|if|unless|vow\w*|pledg\w*|promis\w*|proposed|proposal|hopes?|extend\w*|expires?|set to|ahead|budget|fiscal|season)\b",
        )
    });
    PAST.is_match(sentence) && !AHEAD.is_match(sentence)
}

fn printed_days(sentence: &str, found: &mut Vec<Vec<Interval>>) {
    let days = dates::find(sentence, Some("en"), Years::Full).into_iter().filter_map(PrintedDate::date);
    found.extend(days.map(|d| vec![since(d)]));
}

/// "In 1990", "since 2009", "in June 2015" in a sentence about the past.
fn printed_years(sentence: &str, found: &mut Vec<Vec<Interval>>) {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:in|since|during|from|early|late|mid|of|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,?)[ -]((?:19|20)\d\d)\b(?:[^-–/\d]|$)",
        )
    });
    let years = YEAR.captures_iter(sentence).filter_map(|c| c[1].parse().ok());
    found.extend(years.filter_map(|y: i16| Date::new(y, 1, 1).ok()).map(|d| vec![since(d)]));
}

/// A named event, and what is said of how long ago it was.
struct Event {
    begins: Date,
    pattern: Regex,
}

/// `text` is in small letters, as the patterns of the data are: a search for letters as they stand is many times faster.
fn events(text: &str, found: &mut Vec<Vec<Interval>>) {
    static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
        let rows = FACTS.event.iter().flat_map(|e| e.patterns.iter().map(|p| (day(&e.begins), p)));
        rows.map(|(begins, p)| Event { begins, pattern: pattern(p) }).collect()
    });
    for event in EVENTS.iter() {
        let mut mentions = event.pattern.find_iter(text).peekable();
        if mentions.peek().is_some() {
            found.push(vec![since(event.begins)]);
        }
        found.extend(mentions.filter_map(|m| ago(&text[m.end()..], event.begins)).map(|allowed| vec![allowed]));
    }
}

/// What the words after an event's name tell of how long ago it was: "erupted two years ago", "on Israel last year".
fn ago(after: &str, begins: Date) -> Option<Interval> {
    static YEARS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:\s+(?:against|in|of|on|by|the|that|which)\b[^,.;]{0,30})?\s+(?:erupted|began|started|broke out|commenced|was launched|happened|took place)?\s*(?P<hedge>more than|over|nearly|almost|about|around|some|roughly)?\s*(?P<n>\d\d?|a|one|two|three|four|five|six|seven|eight|nine|ten)(?: and a half)?\s+years? ago\b",
        )
    });
    static CALENDAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:\s+(?:on|in|against|of|inside|across)\s+(?:[\w-]+\s*){1,3}?)?\s*\b(?P<which>last year|(?:earlier )?this year)\b",
        )
    });
    if let Some(c) = CALENDAR.captures(after) {
        let later = i16::from(c["which"].to_lowercase().starts_with("last"));
        return Interval::year(begins.year() + later)?.meet(since(begins));
    }
    years_ago(&YEARS.captures(after)?, begins)
}

/// "Two years ago" is the second calendar year after; with "more than" or "nearly" it is what the words say, and with
/// "about" it allows half a year more on either side.
fn years_ago(c: &Captures, begins: Date) -> Option<Interval> {
    let n = count(&c["n"])?;
    let after = |time: Time| begins.checked_add(time).ok();
    let hedge = c.name("hedge").map(|h| h.as_str().to_lowercase());
    match hedge.as_deref() {
        Some("more than" | "over") => Some(Interval { earliest: after(n.years()), latest: after((n + 1).years()) }),
        Some("nearly" | "almost") => {
            Some(Interval { earliest: after(((n - 1) * 12 + 6).months()), latest: after((n * 12 + 1).months()) })
        }
        Some(_) => Some(Interval { earliest: after((n * 12 - 6).months()), latest: after((n * 12 + 12).months()) }),
        None => Interval::year(begins.year() + i16::try_from(n).ok()?),
    }
}

fn count(word: &str) -> Option<i64> {
    const WORDS: [&str; 11] = ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = word.to_lowercase();
    let spelt = WORDS.iter().position(|w| *w == word).map(|n| n.max(1) as i64);
    spelt.or_else(|| word.parse().ok())
}

/// "President-elect X" bounds both ends; "President X", also a former one, only the first.
struct Office {
    from: Date,
    elect: Vec<Interval>,
    holder: Regex,
    chosen: Regex,
}

fn offices(text: &str, found: &mut Vec<Vec<Interval>>) {
    static OFFICES: LazyLock<Vec<Office>> = LazyLock::new(|| FACTS.office.iter().map(office).collect());
    for office in OFFICES.iter() {
        if !office.elect.is_empty() && office.chosen.is_match(text) {
            found.push(office.elect.clone());
        } else if office.holder.is_match(text) {
            found.push(vec![since(office.from)]);
        }
    }
}

fn office(row: &hearsay_data::press::DatedOffice) -> Office {
    let names = row.names.iter().map(|n| regex::escape(n)).collect::<Vec<_>>().join("|");
    let title = &row.title;
    let elect = row.elect.iter().map(|[from, to]| Interval::between(day(from), day(to))).collect();
    Office {
        from: day(&row.from),
        elect,
        holder: pattern(&format!(r"\b{title} (?:{names})\b")),
        chosen: pattern(&format!(r"\b{title}[- ]elect (?:{names})\b")),
    }
}

fn names(text: &str, found: &mut Vec<Vec<Interval>>) {
    static NAMES: LazyLock<Vec<(Date, Regex)>> = LazyLock::new(|| {
        let rows = FACTS.name.iter().flat_map(|n| n.patterns.iter().map(|p| (day(&n.from), p)));
        rows.map(|(from, p)| (from, pattern(p))).collect()
    });
    found.extend(NAMES.iter().filter(|(_, p)| p.is_match(text)).map(|(from, _)| vec![since(*from)]));
}

/// A day of the built-in data.
fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|e| panic!("a built-in day is broken: {e}"))
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).unwrap_or_else(|e| panic!("a built-in pattern is broken: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_types::{ArticleId, Caption, PageId};
    use jiff::civil::date;

    fn article(text: &str, captions: &[&str]) -> Article {
        let captions = captions.iter().map(|c| Caption { text: (*c).to_owned(), credit: None }).collect();
        Article {
            id: ArticleId::of(&[b"x"]),
            page: PageId::of(b"x"),
            nth: 0,
            title: None,
            byline: None,
            publisher: None,
            url: None,
            language: Some("en".to_owned()),
            dateline: None,
            published: Interval::UNKNOWN,
            published_basis: PublishedBasis::None,
            modified: Interval::UNKNOWN,
            captions,
            text: text.to_owned(),
            paragraphs: Vec::new(),
            origins: Vec::new(),
            passages: Vec::new(),
            comments: 0,
        }
    }

    fn told(text: &str) -> (Option<Date>, Option<Date>) {
        let found = by(&article(text, &[]), None, None).0;
        (found.earliest, found.latest)
    }

    #[test]
    fn nothing_told_is_nothing_known() {
        assert_eq!(
            by(&article("The mayor met the guards on Monday.", &[]), None, None),
            (Interval::UNKNOWN, PublishedBasis::None)
        );
        assert_eq!(told("Elections are due in 2026."), (None, None));
        assert_eq!(told("The road will be finished by March 3, 2031, he said."), (None, None));
        assert_eq!(told("The town had 2015 people."), (None, None));
    }

    #[test]
    fn the_past_gives_a_lower_bound() {
        assert_eq!(told("He was found to be spying since 2009."), (Some(date(2009, 1, 1)), None));
        assert_eq!(
            told("He left in 1992. The talks were held on May 4, 1999 in Ombra."),
            (Some(date(1999, 5, 4)), None)
        );
        assert_eq!(told("The second, on Dec. 14, 2025, targeted the port."), (Some(date(2025, 12, 14)), None));
        let pictured = by(&article("No day.", &["A guard at the gate, July 19, 2023 (Agency)."]), None, None);
        assert_eq!(pictured, (since(date(2023, 7, 19)), PublishedBasis::Text));
    }

    #[test]
    fn an_elected_president_bounds_both_ends() {
        let two = told("Aides of President-elect Donald Trump came.");
        assert_eq!(two, (Some(date(2016, 11, 9)), Some(date(2025, 1, 20))), "two elections fit: the hull of both");
        let one = told("Aides of President-elect Donald Trump came. Türkiye was glad.");
        assert_eq!(one, (Some(date(2024, 11, 6)), Some(date(2025, 1, 20))));
        assert_eq!(told("Former President Barack Obama spoke."), (Some(date(2009, 1, 20)), None));
    }

    #[test]
    fn a_known_event_and_how_long_ago_it_was() {
        assert_eq!(
            told("When the uprising against the Assad regime erupted two years ago, they fled."),
            (Some(date(2013, 1, 1)), Some(date(2013, 12, 31)))
        );
        assert_eq!(
            told("During talks after the October 7 attack on Israel last year, they met."),
            (Some(date(2024, 1, 1)), Some(date(2024, 12, 31)))
        );
        assert_eq!(
            told("The Syrian civil war began more than ten years ago."),
            (Some(date(2021, 3, 15)), Some(date(2022, 3, 15)))
        );
        assert_eq!(
            told("The October 7 attack, he said, changed what was planned last year."),
            (Some(date(2023, 10, 7)), None)
        );
    }

    #[test]
    fn a_capture_is_an_upper_bound_and_a_dateline_a_day() {
        let saved = Some(date(2020, 5, 1));
        assert_eq!(
            by(&article("No day.", &[]), None, saved),
            (Interval { earliest: None, latest: saved }, PublishedBasis::Metadata)
        );
        let printed = |year| Some(PrintedDate { span: hearsay_types::Span::new(0, 0), year, month: 11, day: 18 });
        assert_eq!(
            by(&article("x", &[]), printed(Some(1990)), None),
            (Interval::day(date(1990, 11, 18)), PublishedBasis::Dateline)
        );
        let text = article("Aides of President-elect Joe Biden came.", &[]);
        assert_eq!(by(&text, printed(None), None), (Interval::day(date(2020, 11, 18)), PublishedBasis::Dateline));
        assert_eq!(by(&article("x", &[]), printed(None), None).1, PublishedBasis::None);
    }

    #[test]
    fn words_that_contradict_the_banner_do_not_empty_it() {
        let mut old = article("Elected in 2019, he was glad.", &[]);
        old.published = Interval::between(date(2005, 1, 1), date(2017, 12, 31));
        assert_eq!(by(&old, None, None).0, old.published);
    }
}
