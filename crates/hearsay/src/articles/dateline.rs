//! Datelines: "RIYADH-", "SAN SALVADOR, 3 JAN 90 (EFE) --", "KYIV (Reuters) -", "بيروت (رويترز) -".
//!
//! Precision comes first: a place must be shown to be one, by being known, by a date, a region or an agency beside it,
//! or by the capitals of a wire. "Hamas- ..." is no dateline.

use super::dates::{self, PrintedDate, Years};
use crate::shallow::subject::WEEKDAYS;
use hearsay_data::press::DATELINES;
use hearsay_types::{Dateline, Interval, Span};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// A dateline and what its date says when the year is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The dateline; its date is open if no year is printed.
    pub(super) dateline: Dateline,
    /// The day as printed, with or without its year.
    pub(super) printed: Option<PrintedDate>,
}

/// No dateline is longer, in bytes.
const LONGEST: usize = 160;

/// Finds the dateline of a story: it opens one of the first three paragraphs.
pub(super) fn find(text: &str, language: Option<&str>) -> Option<Found> {
    let mut start = 0;
    for line in text.split('\n').take(3) {
        if let Some(found) = opening(line, language) {
            return Some(shifted(found, start));
        }
        start += line.len() + 1;
    }
    None
}

fn shifted(mut found: Found, by: usize) -> Found {
    found.dateline.span = found.dateline.span.shifted(by);
    if let Some(printed) = &mut found.printed {
        printed.span = printed.span.shifted(by);
    }
    found
}

/// Reads the dateline at the start of a paragraph.
fn opening(line: &str, language: Option<&str>) -> Option<Found> {
    let mut cut = line.len().min(LONGEST);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let window = &line[..cut];
    east_asian(window).or_else(|| {
        let start = after_tags(window);
        separators(window, start, line.len() == cut).find_map(|s| judged(window, start, &s, language))
    })
}

/// Skips "[Text]", "[Editorial Report]".
fn after_tags(window: &str) -> usize {
    static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:\[[^\]\[]{2,30}\]\s*)*"));
    TAG.find(window).map_or(0, |m| m.end())
}

/// Where a head can end and the story begin.
#[derive(Debug)]
struct Separator {
    /// Where the head ends.
    head_end: usize,
    /// Where the separator ends, white space not counted.
    end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dash,
    Colon,
    Stop,
    /// Nothing stands between the agency's bracket and the story, or the head is the whole paragraph.
    None,
}

fn separators(window: &str, start: usize, whole: bool) -> impl Iterator<Item = Separator> {
    static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?P<dash>\s*\.?\s*(?:--+|[—–―ـ]+|-+)(?:\s|$)|\s*_\s|\.-\s)|(?P<colon>:\s)|(?P<stop>\.\s)")
    });
    static BRACKET: LazyLock<Regex> = LazyLock::new(|| pattern(r"[)\]]\s"));
    let marks = SEPARATOR.captures_iter(&window[start..]).take(4).filter_map(move |c| {
        let all = c.get(0)?;
        let kind = match () {
            () if c.name("dash").is_some() => Kind::Dash,
            () if c.name("colon").is_some() => Kind::Colon,
            () => Kind::Stop,
        };
        Some(Separator {
            head_end: start + all.start(),
            end: start + all.start() + all.as_str().trim_end().len(),
            kind,
        })
    });
    let bare = |end: usize| Separator { head_end: end, end, kind: Kind::None };
    let bracket = BRACKET.find(&window[start..]).map(|m| bare(start + m.start() + 1));
    let all = whole.then(|| bare(window.trim_end().len()));
    marks.chain(bracket).chain(all).collect::<Vec<_>>().into_iter()
}

/// What a head says and what speaks for its being a dateline.
#[derive(Debug, Default)]
struct Head {
    place: Option<Span>,
    known_place: bool,
    capitals: bool,
    region: bool,
    agency: Option<Span>,
    known_agency: bool,
    printed: Option<PrintedDate>,
    no_date: bool,
}

/// Takes the text before a separator as a dateline if the evidence is enough.
fn judged(window: &str, start: usize, separator: &Separator, language: Option<&str>) -> Option<Found> {
    let mut head = parse(window, start, separator.head_end, language)?;
    let (mut end, rest) = (separator.end, &window[separator.end..]);
    if head.agency.is_none()
        && let Some(agency) = agency_after(rest)
    {
        head.agency = Some(agency.0.shifted(separator.end));
        head.known_agency = true;
        end += agency.1;
    }
    if !enough(&head, separator.kind, language) || !opens_a_sentence(&window[end..], separator.kind) {
        return None;
    }
    let dateline = Dateline {
        span: Span::new(start, end),
        place: head.place.map(|p| p.of(window).to_owned()),
        date: head.printed.map_or(Interval::UNKNOWN, PrintedDate::interval),
        agency: head.agency.map(|a| a.of(window).to_owned()),
    };
    Some(Found { dateline, printed: head.printed })
}

/// Whether a head with this evidence, ended in this way, is a dateline.
fn enough(head: &Head, kind: Kind, language: Option<&str>) -> bool {
    let dated = head.printed.is_some() || head.no_date;
    let placed = head.known_place || head.capitals || head.region;
    match kind {
        _ if head.place.is_none() => head.known_agency && kind == Kind::Dash,
        Kind::Dash => {
            head.known_agency
                || dated
                || head.region
                || head.known_place
                || (head.agency.is_some() && placed)
                || head.capitals
        }
        Kind::Colon => head.known_agency || head.known_place || (dated && placed),
        Kind::Stop => {
            (head.known_agency && (placed || dated))
                || (head.known_place && language.is_some_and(|l| l.starts_with("de")))
        }
        Kind::None => (head.known_agency && (placed || dated)) || (dated && placed && head.agency.is_some()),
    }
}

/// A story begins with a capital letter, a digit, a quotation mark, or a letter of a script without capitals.
fn opens_a_sentence(rest: &str, kind: Kind) -> bool {
    let rest = rest.trim_start();
    if rest.is_empty() {
        return kind == Kind::None;
    }
    rest.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase())
}

/// "РИА Новости.", "/ТАСС/." or "رويترز:" behind the dash.
fn agency_after(rest: &str) -> Option<(Span, usize)> {
    static AGENCY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*/?(?P<name>[^./:\d]{2,20}?)/?[.:](?:\s|$)"));
    let found = AGENCY.captures(rest)?;
    let name = found.name("name")?;
    agency_known(name.as_str())
        .then(|| (Span::new(name.start(), name.end()), found.get(0).map_or(0, |m| m.as_str().trim_end().len())))
}

/// Reads `window[start..end]` as `PLACE [(COUNTRY)] [, REGION] [, DATE] [(AGENCY)]`; none where it is anything else.
fn parse(window: &str, start: usize, end: usize, language: Option<&str>) -> Option<Head> {
    let mut head = Head::default();
    let mut rest = Span::new(start, end).trimmed(window);
    if let Some((agency, before)) = trailing_bracket(window, rest) {
        head.known_agency = agency_known(agency.of(window));
        if !head.known_agency && !plausible_agency(agency.of(window)) {
            return None;
        }
        head.agency = Some(agency);
        rest = before;
    }
    if rest.is_empty() {
        return head.known_agency.then_some(head);
    }
    for (n, part) in parts(window, rest).into_iter().enumerate() {
        match n {
            0 => read_place(window, part, &mut head)?,
            _ => read_qualifier(window, part, &mut head, language)?,
        }
    }
    Some(head)
}

/// "(Reuters)" at the end of a head, and what stands before it.
fn trailing_bracket(window: &str, rest: Span) -> Option<(Span, Span)> {
    let text = rest.of(window);
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let agency = Span::new(rest.start + open + 1, rest.start + inner.len()).trimmed(window);
    Some((agency, Span::new(rest.start, rest.start + open).trimmed(window)))
}

/// The parts between commas.
fn parts(window: &str, rest: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = rest.start;
    for (at, c) in rest.of(window).char_indices().filter(|(_, c)| matches!(c, ',' | '،')) {
        out.push(Span::new(start, rest.start + at).trimmed(window));
        start = rest.start + at + c.len_utf8();
    }
    out.push(Span::new(start, rest.end).trimmed(window));
    out
}

fn read_place(window: &str, part: Span, head: &mut Head) -> Option<()> {
    let text = part.of(window);
    let name = match text.strip_suffix(')').and_then(|t| t.split_once('(')) {
        Some((city, country)) => {
            head.region = region_known(country);
            city.trim_end()
        }
        None => text,
    };
    if !place_shaped(name) {
        return None;
    }
    head.known_place = name.split('/').all(|n| place_known(n.trim()));
    head.capitals = capitals(name);
    head.place = Some(Span::new(part.start, part.start + name.len()));
    Some(())
}

/// A region, a date or "NO DATE" after the place.
fn read_qualifier(window: &str, part: Span, head: &mut Head, language: Option<&str>) -> Option<()> {
    let text = part.of(window);
    if text.eq_ignore_ascii_case("no date") {
        head.no_date = true;
        return Some(());
    }
    if let Some(printed) = dates::find(text, language, Years::Short).first() {
        let around = text.len() - printed.span.len();
        head.printed = Some(PrintedDate { span: printed.span.shifted(part.start), ..*printed });
        return (around <= 12).then_some(());
    }
    if let Ok(year) = text.parse::<i16>()
        && let Some(printed) = head.printed.as_mut().filter(|p| p.year.is_none() && (1900..2100).contains(&year))
    {
        printed.year = Some(year);
        return Some(());
    }
    head.region |= region_known(text);
    (region_known(text) || weekday(text) || place_known(text)).then_some(())
}

/// A weekday may stand before the date in many languages; only its shape is checked.
fn weekday(text: &str) -> bool {
    WEEKDAYS.contains(&text.to_lowercase().as_str())
}

/// One to five words that can be a place's name.
fn place_shaped(name: &str) -> bool {
    const INNER: [&str; 26] = [
        "of", "the", "de", "del", "la", "el", "al", "los", "las", "du", "des", "le", "les", "sur", "am", "an", "der",
        "den", "im", "bei", "upon", "do", "da", "dos", "di", "es",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = |w: &str| w.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()) || INNER.contains(&w);
    let opens = words.first().and_then(|w| w.chars().next()).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let letters = |c: char| {
        c.is_alphabetic()
            || matches!(c, ' ' | '-' | '/' | '.' | '\'' | '’' | '`' | 'ʻ' | '\u{200c}' | '\u{0300}'..='\u{036f}')
    };
    opens
        && words.len() <= 5
        && name.chars().count() <= 45
        && name.chars().all(letters)
        && words.iter().all(|w| fits(w))
}

/// Capitals as wires set them: of a name of two and more words, or a long one. A lone short one can be an acronym.
fn capitals(name: &str) -> bool {
    const LABELS: [&str; 24] = [
        "BREAKING",
        "NEWS",
        "WATCH",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "OPINION",
        "ANALYSIS",
        "VIDEO",
        "LIVE",
        "EDITORIAL",
        "FACTBOX",
        "PHOTOS",
        "WARNING",
        "INTERVIEW",
        "ADVERTISEMENT",
        "URGENT",
        "TOP",
        "HAMAS",
        "THE",
        "READ",
        "MORE",
        "EXPLAINER",
        "TIMELINE",
    ];
    let cased = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    let words: Vec<&str> = name.split([' ', '/']).collect();
    cased
        && words.len() >= 2
        && words.iter().any(|w| w.chars().count() > 3)
        && !words.iter().any(|w| LABELS.contains(w))
}

fn place_known(name: &str) -> bool {
    static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&DATELINES.places));
    PLACES.contains(&fold(name))
}

fn region_known(name: &str) -> bool {
    static REGIONS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&DATELINES.regions));
    let name = fold(name.trim());
    REGIONS.contains(&name) || REGIONS.contains(&format!("{name}.")) // "D.C. —": the full stop may have gone with the dash.
}

/// Whether this is an agency, or a list of which one is: "AFP/Reuters".
fn agency_known(name: &str) -> bool {
    static AGENCIES: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&DATELINES.agencies));
    let known = |n: &str| AGENCIES.contains(&fold(n.trim()));
    known(name)
        || name.split(['/', ',', '،']).any(known)
        || known(&name.replace(" - ", "-"))
        || known(name.trim_matches(['«', '»', '"', '“', '”']))
}

/// A name in capitals or of capitalised words, without digits.
fn plausible_agency(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=6).contains(&words)
        && !name.chars().any(char::is_numeric)
        && name.split_whitespace().all(|w| w.len() <= 3 || !w.starts_with(char::is_lowercase))
        || (words <= 6 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase))
}

fn folded(names: &[String]) -> HashSet<String> {
    names.iter().map(|n| fold(n)).collect()
}

fn fold(name: &str) -> String {
    name.to_lowercase().replace(['’', '`'], "'")
}

/// "新华社北京1月3日电", "【ワシントン＝共同】".
fn east_asian(window: &str) -> Option<Found> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[【(（]?\s*(?P<agency>\p{Han}{2,4}?[社网網])(?P<place>\p{Han}{2,8}?)(?P<day>\d{1,2}月\d{1,2}日)[电電][】)）]?",
        )
    });
    static JAPANESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[【(（](?P<place>[\p{Han}\p{Katakana}ー・]{2,12})\s*[=＝]\s*(?P<agency>[^】)）]{2,15})[】)）]")
    });
    let found = CHINESE.captures(window).or_else(|| JAPANESE.captures(window))?;
    let span = |name: &str| found.name(name).map(|m| Span::new(m.start(), m.end()));
    let printed = span("day").and_then(|day| {
        let numbers: Vec<i8> = day.of(window).split(['月', '日']).filter_map(|n| n.parse().ok()).collect();
        Some(PrintedDate { span: day, year: None, month: *numbers.first()?, day: *numbers.get(1)? })
    });
    let text = |name: &str| span(name).map(|s| s.of(window).to_owned());
    let dateline = Dateline {
        span: Span::new(0, found.get(0)?.end()),
        place: text("place"),
        date: Interval::UNKNOWN,
        agency: text("agency"),
    };
    Some(Found { dateline, printed })
}

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).unwrap_or_else(|e| panic!("a built-in pattern is broken: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Option<(String, Option<String>, Option<String>, Interval)> {
        let found = find(text, None)?.dateline;
        Some((found.span.of(text).to_owned(), found.place, found.agency, found.date))
    }

    #[test]
    fn reads_datelines_of_many_houses() {
        let day = |y, m, d| Interval::day(date(y, m, d));
        for (text, span, place, agency, when) in [
            ("Riyadh- Sources told us.", "Riyadh-", "Riyadh", "", Interval::UNKNOWN),
            (
                "SAN SALVADOR, 3 JAN 90 -- [TEXT] THE ARMY",
                "SAN SALVADOR, 3 JAN 90 --",
                "SAN SALVADOR",
                "",
                day(1990, 1, 3),
            ),
            (
                "[Text] San Salvador, 3 Jan 90 (EFE)",
                "San Salvador, 3 Jan 90 (EFE)",
                "San Salvador",
                "EFE",
                day(1990, 1, 3),
            ),
            (
                "BOGOTA, 16 FEB 90 (RADIO NACIONAL) -- [REPORT] THE",
                "BOGOTA, 16 FEB 90 (RADIO NACIONAL) --",
                "BOGOTA",
                "RADIO NACIONAL",
                day(1990, 2, 16),
            ),
            (
                "MOSCOW (USSR), 6 JUL 89 (TASS) -- [TEXT] THE",
                "MOSCOW (USSR), 6 JUL 89 (TASS) --",
                "MOSCOW",
                "TASS",
                day(1989, 7, 6),
            ),
            (
                "CLANDESTINE, NO DATE (RADIO X) -- [TEXT] THERE",
                "CLANDESTINE, NO DATE (RADIO X) --",
                "CLANDESTINE",
                "RADIO X",
                Interval::UNKNOWN,
            ),
            ("KYIV (Reuters) - The mayor said", "KYIV (Reuters) -", "KYIV", "Reuters", Interval::UNKNOWN),
            ("BEIRUT, Lebanon (AP) — The army", "BEIRUT, Lebanon (AP) —", "BEIRUT", "AP", Interval::UNKNOWN),
            (
                "GAZA/CAIRO, Nov 3 (Reuters) - Talks",
                "GAZA/CAIRO, Nov 3 (Reuters) -",
                "GAZA/CAIRO",
                "Reuters",
                Interval::UNKNOWN,
            ),
            ("LA CROSSE, Wis. (AP) — After", "LA CROSSE, Wis. (AP) —", "LA CROSSE", "AP", Interval::UNKNOWN),
            ("Kiel (dpo) - Finnland ist", "Kiel (dpo) -", "Kiel", "dpo", Interval::UNKNOWN),
            ("Berlin. Der Wirkstoff", "", "", "", Interval::UNKNOWN),
            ("NEW DELHI: Their dream", "NEW DELHI:", "NEW DELHI", "", Interval::UNKNOWN),
            ("FLUSHING FIELDS — Ann Ray won", "FLUSHING FIELDS —", "FLUSHING FIELDS", "", Interval::UNKNOWN),
            ("(Reuters) — The state", "(Reuters) —", "", "Reuters", Interval::UNKNOWN),
            ("Bogotá, 3 ene 2024 (EFE).- El ejército", "Bogotá, 3 ene 2024 (EFE).-", "Bogotá", "EFE", day(2024, 1, 3)),
            ("بيروت (رويترز) - قال الجيش", "بيروت (رويترز) -", "بيروت", "رويترز", Interval::UNKNOWN),
            ("القاهرة - رويترز: قال", "القاهرة - رويترز:", "القاهرة", "رويترز", Interval::UNKNOWN),
            (
                "МОСКВА, 3 янв — РИА Новости. Глава",
                "МОСКВА, 3 янв — РИА Новости.",
                "МОСКВА",
                "РИА Новости",
                Interval::UNKNOWN,
            ),
            ("МОСКВА, 3 января. /ТАСС/. Глава", "МОСКВА, 3 января. /ТАСС/.", "МОСКВА", "ТАСС", Interval::UNKNOWN),
            ("新华社加沙1月3日电 据当地", "新华社加沙1月3日电", "加沙", "新华社", Interval::UNKNOWN),
            ("Washington, D.C. — Officials", "Washington, D.C. —", "Washington", "", Interval::UNKNOWN),
        ] {
            let got = read(text).unwrap_or_default();
            assert_eq!(
                (got.0.as_str(), got.1.as_deref().unwrap_or(""), got.2.as_deref().unwrap_or(""), got.3),
                (span, place, agency, when),
                "{text}"
            );
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "Hamas- a group that rules the strip- said so.",
            "Hamas - The group said so.",
            "NATO — The alliance met.",
            "Daniel Orr (48) - The trainer was glad.",
            "London-based analysts say so.",
            "CHINESE AGGRESSION: Manila accused the ships.",
            "BREAKING NEWS — The army moved.",
            "The minister said: The talks go on.",
            "Paris. It was raining.",
            "Washington - based groups said so.",
            "Grundsätzlich gilt: Eine Plattform muss nicht.",
            "On Monday, the army - The largest - moved.",
            "In March 2024, troops moved.",
        ] {
            assert_eq!(find(text, Some("en")), None, "{text}");
        }
    }

    #[test]
    fn a_german_city_may_end_in_a_full_stop() {
        let found = find("Berlin. Der Rat tagt.", Some("de")).map(|f| f.dateline.place);
        assert_eq!(found, Some(Some("Berlin".to_owned())));
    }

    #[test]
    fn a_dateline_may_follow_the_summary() {
        let text = "A short summary.\nKYIV (AP) — The mayor spoke.";
        let found = find(text, None).map(|f| f.dateline.span.of(text).to_owned());
        assert_eq!(found.as_deref(), Some("KYIV (AP) —"));
    }
}
