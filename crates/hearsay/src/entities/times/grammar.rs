//! The grammar of time expressions: from words to [`Raw`].

use super::raw::{Anchor, Found, Raw, Which, Year};
use super::words::{Unit, ambiguous_month, day_part, month, number, ordinal, season, unit, weekday};
use crate::shallow::Words;
use std::ops::Range;

/// Finds the time expressions of a sentence, in order, none overlapping.
pub fn find(words: &Words, sentence: &Range<usize>) -> Vec<Found> {
    let grammar = Grammar { words, end: sentence.end, start: sentence.start };
    let mut out: Vec<Found> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match grammar.at(at).map(|f| grammar.with_year_ahead(f)) {
            Some(mut found) if found.end > at => {
                at = found.end;
                grammar.widen(&mut found, out.last().map_or(sentence.start, |f| f.end));
                out.push(found);
                let last = out.len() - 1;
                if let Some(second) = grammar.second(&out[last]) {
                    at = second.end;
                    out.push(second);
                }
            }
            _ => at += 1,
        }
    }
    out
}

struct Grammar<'a> {
    words: &'a Words<'a>,
    start: usize,
    end: usize,
}

impl Grammar<'_> {
    fn low(&self, at: usize) -> &str {
        if at < self.end { self.words.lower(at) } else { "" }
    }

    fn text(&self, at: usize) -> &str {
        if at < self.end { self.words.list[at].text } else { "" }
    }

    fn found(&self, start: usize, end: usize, raw: Raw) -> Option<Found> {
        Some(Found { start, end, raw })
    }

    /// The expression that starts at `at`.
    fn at(&self, at: usize) -> Option<Found> {
        let first = self.text(at);
        let digits = first.starts_with(|c: char| c.is_ascii_digit());
        let told = || self.numeric(at).or_else(|| self.day_first(at)).or_else(|| self.clock(at));
        if let Some(found) = digits.then(told).flatten() {
            return Some(found);
        }
        self.month_first(at)
            .or_else(|| self.ordinal_day(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.shifted(at))
            .or_else(|| self.quantity(at))
            .or_else(|| self.season(at, at, Which::Bare))
            .or_else(|| self.year(at))
            .or_else(|| self.words_of_day(at))
    }

    /// "2012-02-14", "11/2/2001", "9/11".
    fn numeric(&self, at: usize) -> Option<Found> {
        let text = self.text(at);
        let parts: Vec<i16> = text.split(['-', '/', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
        let raw = match parts[..] {
            [y, m, d] if text.len() >= 8 && y > 1000 && (1..=12).contains(&m) && (1..=31).contains(&d) => {
                Raw::Day { year: Some(Year::Common(y)), month: m as i8, day: d as i8, part: None }
            }
            [a, b, y] if y > 1000 && !text.contains('-') => {
                let (m, d) = if a > 12 { (b, a) } else { (a, b) };
                if !((1..=12).contains(&m) && (1..=31).contains(&d)) {
                    return None;
                }
                Raw::Day { year: Some(Year::Common(y)), month: m as i8, day: d as i8, part: None }
            }
            _ => return None,
        };
        self.found(at, at + 1, raw)
    }

    /// "14 May 1948", "14 May", "14th of May", "3 JAN 90".
    fn day_first(&self, at: usize) -> Option<Found> {
        let day = day_number(self.low(at))?;
        let mut next = at + 1;
        if self.low(next) == "of" {
            next += 1;
        }
        let month = self.month_name(next)?;
        let (year, end) = self.year_after(next + 1);
        self.found(at, end, Raw::Day { year, month, day, part: None })
    }

    /// The month at `at`, if the word is one here.
    fn month_name(&self, at: usize) -> Option<i8> {
        let word = self.text(at);
        (word.starts_with(char::is_uppercase)).then(|| month(self.low(at))).flatten()
    }

    /// A year that follows a month or a day: "1948", ", 1948", "of 1948", "90" after capitals, "480 BC".
    fn year_after(&self, at: usize) -> (Option<Year>, usize) {
        let mut next = at;
        if self.low(next) == "," || self.low(next) == "of" {
            next += 1;
        }
        let text = self.text(next);
        if let Some(year) = self.four_digits(next) {
            return (Some(year), next + 1 + usize::from(self.is_era(next + 1)));
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty();
        if digits && self.is_era(next + 1) {
            let year = text.parse().unwrap_or(0);
            let year = if self.low(next + 1).starts_with('b') { Year::Before(year) } else { Year::Common(year) };
            return (Some(year), next + 2);
        }
        let wire = at > 0
            && self.words.list[at - 1].text.chars().all(|c| c.is_uppercase() || c == '.')
            && text.len() == 2
            && digits
            && next == at;
        if wire {
            return (text.parse().ok().map(Year::Short), next + 1);
        }
        (None, at)
    }

    fn is_era(&self, at: usize) -> bool {
        matches!(self.text(at), "BC" | "AD" | "BCE" | "CE" | "B.C." | "A.D." | "B.C.E.")
    }

    fn four_digits(&self, at: usize) -> Option<Year> {
        let text = self.text(at);
        if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year: i16 = text.parse().ok().filter(|y| (1000..2100).contains(y))?;
        if matches!(self.text(at + 1), "BC" | "BCE" | "B.C.") {
            Some(Year::Before(year))
        } else {
            Some(Year::Common(year))
        }
    }

    /// "September 1, 1939", "September 1", "May 1948", "May of that year", "May".
    fn month_first(&self, at: usize) -> Option<Found> {
        let mid = self.low(at).strip_prefix("mid-").and_then(month);
        let name = mid.or_else(|| self.month_name(at))?;
        let next = at + 1;
        let the = usize::from(self.low(next) == "the");
        if let Some(day) =
            day_number(self.low(next + the)).filter(|_| mid.is_none() && self.four_digits(next).is_none())
        {
            let plain = self.low(next + the + 1) != "%" && self.low(next + the + 1) != ":";
            if plain && (the == 0 || ordinal(self.low(next + the)).is_some()) {
                if let Some((years, anchor, end)) = self.of_year(next + the + 1) {
                    return self.found(at, end, Raw::MonthOf { month: name, day: Some(day), years, anchor });
                }
                let (year, end) = self.year_after(next + the + 1);
                return self.found(at, end, Raw::Day { year, month: name, day, part: None });
            }
        }
        if let Some((years, anchor, end)) = self.of_year(next) {
            return self.found(at, end, Raw::MonthOf { month: name, day: None, years, anchor });
        }
        let (year, end) = self.year_after(next);
        if year.is_none() && mid.is_none() && !self.month_alone(at) {
            return None;
        }
        self.found(at, end, Raw::Month { year, month: name, which: Which::Bare })
    }

    /// "of that year", "of last year", "last year" behind a month.
    fn of_year(&self, at: usize) -> Option<(i32, Anchor, usize)> {
        let next = at + usize::from(self.low(at) == "of");
        let the = next + usize::from(self.low(next) == "the");
        let shift = match self.low(the) {
            "that" | "same" => (0, Anchor::Story),
            "this" => (0, Anchor::Published),
            "last" if the == next => (-1, Anchor::Published),
            "next" if the == next => (1, Anchor::Published),
            "previous" => (-1, Anchor::Story),
            "following" => (1, Anchor::Story),
            _ => return None,
        };
        let year = the + 1 + usize::from(self.low(the + 1) == "same");
        (self.low(year) == "year").then_some((shift.0, shift.1, year + 1))
    }

    /// Whether a month's name without a day or year is a month and no name or verb.
    fn month_alone(&self, at: usize) -> bool {
        let word = self.low(at).trim_end_matches('.');
        if !ambiguous_month(word) {
            return at == self.start || !matches!(self.low(at + 1), "'s" | "’s") || at > 0;
        }
        let before = if at > self.start { self.low(at - 1) } else { "" };
        matches!(
            before,
            "in" | "of"
                | "by"
                | "since"
                | "until"
                | "till"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "mid"
                | "from"
                | "during"
                | "between"
                | "before"
                | "after"
                | "to"
                | "through"
                | "every"
                | "for"
                | "previous"
                | "following"
                | "april"
                | "february"
        ) && !matches!(self.low(at + 1), "'s" | "’s")
            && (word != "march" || self.text(at).starts_with('M'))
            && word.len() > 2
    }

    /// "the 14th", "the 14th of July", "the night of April 18": the second is read at its month.
    fn ordinal_day(&self, at: usize) -> Option<Found> {
        let day = ordinal(self.low(at)).filter(|d| (1..=31).contains(d))?;
        let next = at + 1;
        let month = if self.low(next) == "of" {
            self.month_name(next + 1).map(|m| (m, next + 2))
        } else {
            self.month_name(next).map(|m| (m, next + 1))
        };
        if let Some((month, after)) = month {
            let (year, end) = self.year_after(after);
            return self.found(at, end, Raw::Day { year, month, day: day as i8, part: None });
        }
        let digits = self.text(at).starts_with(|c: char| c.is_ascii_digit());
        let lone = digits
            && at > self.start + 1
            && self.low(at - 1) == "the"
            && self.low(at - 2) == "on"
            && !self.low(next).starts_with(char::is_alphabetic);
        if lone { self.found(at, next, Raw::DayOfMonth(day as i8)) } else { None }
    }

    /// "Monday", "last Monday", "Monday night": the leading word is added by `shifted`.
    fn weekday(&self, at: usize) -> Option<Found> {
        if !self.text(at).starts_with(char::is_uppercase) {
            return None;
        }
        let day = weekday(self.low(at))?;
        let comma = at + 1 + usize::from(self.low(at + 1) == ",");
        if let Some(found) =
            self.month_first(comma).or_else(|| self.day_first(comma)).filter(|f| matches!(f.raw, Raw::Day { .. }))
        {
            return self.found(at, found.end, found.raw);
        }
        let part = day_part(self.low(at + 1)).filter(|_| self.low(at + 1) != "dawn" || self.low(at + 2) != "of");
        let dawn = self.low(at + 1) == "dawn" && self.low(at + 2) == "of";
        if let Some(found) = dawn.then(|| self.day_first(at + 3)).flatten() {
            return self.found(at, found.end, found.raw);
        }
        self.found(at, at + 1 + usize::from(part.is_some()), Raw::Weekday { day, which: Which::Bare, part })
    }

    fn deictic(&self, at: usize) -> Option<Found> {
        let day = |by| Raw::Shift { unit: Unit::Day, by, anchor: Anchor::Published, part: None };
        let raw = match self.low(at) {
            "today" => day(0),
            "yesterday" | "tomorrow" => {
                let by = if self.low(at) == "yesterday" { -1 } else { 1 };
                let part = day_part(self.low(at + 1));
                return self.found(
                    at,
                    at + 1 + usize::from(part.is_some()),
                    Raw::Shift { unit: Unit::Day, by, anchor: Anchor::Published, part },
                );
            }
            "tonight" => Raw::Shift { unit: Unit::Day, by: 0, anchor: Anchor::Published, part: Some("NI") },
            "now" | "nowadays" | "currently" | "presently" => Raw::Reference("PRESENT_REF"),
            "present" | "modern" if self.low(at + 1) == "day" => {
                return self.found(at, at + 2, Raw::Reference("PRESENT_REF"));
            }
            "present" if self.low(at + 1) == "-" && self.low(at + 2) == "day" => {
                return self.found(at, at + 3, Raw::Reference("PRESENT_REF"));
            }
            "these" if self.low(at + 1) == "days" => return self.found(at, at + 2, Raw::Reference("PRESENT_REF")),
            "recently" | "formerly" | "lately" => Raw::Reference("PAST_REF"),
            _ => return None,
        };
        self.found(at, at + 1, raw)
    }

    /// "1930s", "mid-1990s", "'80s", "1980's".
    fn decade(&self, at: usize) -> Option<Found> {
        let word = self.low(at).trim_start_matches("mid-").trim_start_matches(['\'', '’']);
        let digits = word.strip_suffix('s').or_else(|| {
            matches!(self.low(at + 1), "'s" | "’s")
                .then_some(word)
                .filter(|w| w.len() == 4 && w.ends_with('0') && !self.low(at + 2).starts_with(char::is_alphabetic))
        })?;
        let end = at + 1 + usize::from(!word.ends_with('s'));
        let number: i16 = digits.parse().ok()?;
        let decade = match (digits.len(), number) {
            (4, y) if y % 10 == 0 && (1000..2100).contains(&y) => y / 10,
            (2, y) if y % 10 == 0 => 190 + y / 10,
            _ => return None,
        };
        self.found(at, end, Raw::Decade(decade))
    }

    /// "19th century", "eighteenth-century", "4th century BC".
    fn century(&self, at: usize) -> Option<Found> {
        let (nth, mut next) = match ordinal(self.low(at)) {
            Some(n) => (n, at + 1),
            None => {
                let tens = number(self.low(at)).filter(|n| *n == 20)?;
                let one = ordinal(self.low(at + 2)).filter(|_| self.low(at + 1) == "-")?;
                (tens + one, at + 3)
            }
        };
        if self.low(next) == "-" {
            next += 1;
        }
        if unit(self.low(next)) != Some((Unit::Century, false)) {
            return None;
        }
        let before = matches!(self.text(next + 1), "BC" | "BCE" | "B.C.");
        self.found(at, next + 1 + usize::from(self.is_era(next + 1)), Raw::Century(nth as i16, before))
    }

    /// "last month", "the next day", "that year", "the same day", "the following spring", "this week", "the past two years".
    fn shifted(&self, at: usize) -> Option<Found> {
        let the = at + usize::from(self.low(at) == "the");
        let (which, anchor, mut next) = self.which(the, the > at)?;
        if matches!(self.low(next), "same" | "very" | "few" | "several" | "couple")
            && self.low(next) != "few"
            && self.low(next) != "several"
            && self.low(next) != "couple"
        {
            next += 1;
        }
        if self.low(next) == "four"
            || number(self.low(next)).is_some() && self.low(next) != "a"
            || matches!(self.low(next), "few" | "several" | "couple")
        {
            return self.counted_span(at, next);
        }
        if let Some(day) = weekday(self.low(next)).filter(|_| self.text(next).starts_with(char::is_uppercase)) {
            let part = day_part(self.low(next + 1));
            return self.found(at, next + 1 + usize::from(part.is_some()), Raw::Weekday { day, which, part });
        }
        if let Some(month) = self.month_name(next) {
            return self.found(at, next + 1, Raw::Month { year: None, month, which });
        }
        if season(self.low(next)).is_some() {
            return self.season(at, next, which);
        }
        let by = match which {
            Which::Last => -1,
            Which::Next => 1,
            Which::Same | Which::Bare => 0,
        };
        if let Some(part) = day_part(self.low(next)) {
            let unit = Unit::Day;
            return self.found(
                at,
                next + 1,
                Raw::Shift {
                    unit,
                    by: if by < 0 && self.low(next) != "night" { 0 } else { by },
                    anchor,
                    part: Some(part),
                },
            );
        }
        let (unit, plural) = unit(self.low(next))?;
        if plural {
            return self.found(at, next + 1, Raw::Duration { unit, count: None });
        }
        if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
            return None;
        }
        let part = day_part(self.low(next + 1)).filter(|_| unit == Unit::Day);
        self.found(at, next + 1 + usize::from(part.is_some()), Raw::Shift { unit, by, anchor, part })
    }

    /// "last", "next", "this", "that same": which one, counted from where, and what follows.
    fn which(&self, at: usize, definite: bool) -> Option<(Which, Anchor, usize)> {
        let story = if definite { Anchor::Story } else { Anchor::Published };
        Some(match self.low(at) {
            "last" | "past" => (
                Which::Last,
                if definite && self.low(at) == "last" { Anchor::Story } else { Anchor::Published },
                at + 1,
            ),
            "previous" | "preceding" => (Which::Last, Anchor::Story, at + 1),
            "next" => (Which::Next, story, at + 1),
            "following" | "ensuing" | "subsequent" => (Which::Next, Anchor::Story, at + 1),
            "coming" | "upcoming" => (Which::Next, Anchor::Published, at + 1),
            "this" if self.low(at + 1) == "day" && !matches!(self.low(at.wrapping_sub(1)), "to") => {
                (Which::Same, Anchor::Story, at + 1)
            }
            "this" | "current" => (Which::Same, Anchor::Published, at + 1),
            "that" if !definite => (Which::Same, Anchor::Story, at + 1 + usize::from(self.low(at + 1) == "same")),
            "same" if definite => (Which::Same, Anchor::Story, at + 1),
            _ => return None,
        })
    }

    /// "the past two years", "the next few days": a length.
    fn counted_span(&self, at: usize, next: usize) -> Option<Found> {
        let (count, end) = self.count(next)?;
        let (unit, _) = unit(self.low(end))?;
        self.found(at, end + 1, Raw::Duration { unit, count })
    }

    /// A number or a vague quantity: none is vague. Returns where its unit should stand.
    fn count(&self, at: usize) -> Option<(Option<String>, usize)> {
        let word = self.low(at);
        match word {
            "several" | "few" | "some" | "many" | "couple" => {
                let of = at + 1 + usize::from(self.low(at + 1) == "of");
                return Some((if word == "couple" { Some("2".to_owned()) } else { None }, of));
            }
            "a" if matches!(self.low(at + 1), "few" | "couple" | "dozen") => {
                let of = at + 2 + usize::from(self.low(at + 2) == "of");
                let count = match self.low(at + 1) {
                    "few" => None,
                    "couple" => Some("2".to_owned()),
                    _ => Some("12".to_owned()),
                };
                return Some((count, of));
            }
            "half" => {
                return Some((
                    Some("0.5".to_owned()),
                    at + 1 + usize::from(matches!(self.low(at + 1), "a" | "an" | "-")),
                ));
            }
            _ => {}
        }
        let decimal = word.contains('.') && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if decimal {
            return Some((Some(word.to_owned()), at + 1));
        }
        let mut value = number(word)?;
        let mut next = at + 1;
        // "twenty-one", "forty two", "two hundred".
        if value >= 20 && value % 10 == 0 && !word.starts_with(|c: char| c.is_ascii_digit()) {
            let hyphen = usize::from(self.low(next) == "-");
            if let Some(ones) =
                number(self.low(next + hyphen)).filter(|n| (1..10).contains(n) && self.low(next + hyphen) != "a")
            {
                value += ones;
                next += hyphen + 1;
            }
        }
        if let Some(times) = number(self.low(next))
            .filter(|n| matches!(n, 100 | 1000) && !self.low(next).starts_with(|c: char| c.is_ascii_digit()))
        {
            value *= times;
            next += 1;
        }
        if self.has(next, &["and", "a", "half"]) {
            return Some((Some(format!("{value}.5")), next + 3));
        }
        Some((Some(value.to_string()), next))
    }

    fn has(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.low(at + i) == *w)
    }

    /// "two years ago", "a week later", "three days", "five-year", "years earlier".
    fn quantity(&self, at: usize) -> Option<Found> {
        let (count, mut next) = match unit(self.low(at)) {
            Some((_, true)) => (None, at),
            _ => self.count(at)?,
        };
        let hyphen = self.low(next) == "-";
        next += usize::from(hyphen);
        let (unit, plural) = unit(self.low(next)).filter(|u| u.0 != Unit::Quarter)?;
        let bare = next == at;
        let mut end = next + 1;
        if self.low(end) == "-" && hyphen {
            // "12-year-old": an age.
            return if self.low(end + 1) == "old" {
                self.found(at, end + 2, Raw::Duration { unit, count })
            } else {
                None
            };
        }
        let half = self.has(end, &["and", "a", "half"]);
        let count = if half { count.map(|c| format!("{c}.5")) } else { count };
        end += if half { 3 } else { 0 };
        let by = count.as_deref().and_then(|c| c.parse::<i32>().ok());
        if let Some((sign, anchor, after)) = self.direction(end) {
            return match by {
                Some(by) => self.found(at, after, Raw::Shift { unit, by: sign * by, anchor, part: None }),
                None => self.found(at, after, Raw::Reference(if sign < 0 { "PAST_REF" } else { "FUTURE_REF" })),
            };
        }
        let article = matches!(self.low(at), "a" | "an");
        let led = matches!(self.low(at.wrapping_sub(1)), "for" | "of" | "in" | "over" | "after");
        if bare && (!led || matches!(unit, Unit::Second | Unit::Minute)) {
            return None;
        }
        if article
            && (at > self.start && self.low(at - 1) == "such"
                || matches!(unit, Unit::Quarter | Unit::Second | Unit::Night))
            || matches!(unit, Unit::Second) && !plural
        {
            return None;
        }
        if article
            && !hyphen
            && at > self.start
            && !matches!(
                self.low(at - 1),
                "for"
                    | "than"
                    | "about"
                    | "of"
                    | "in"
                    | "within"
                    | "over"
                    | "after"
                    | "nearly"
                    | "almost"
                    | "just"
                    | "lasted"
                    | "every"
                    | "once"
                    | "twice"
                    | "times"
                    | "half"
            )
        {
            return self.per(at, end, unit);
        }
        if matches!(self.low(at.wrapping_sub(1)), "twice" | "once" | "times") {
            return self.per(at, end, unit);
        }
        self.found(at, end, Raw::Duration { unit, count })
    }

    /// "a day" after a number of things: a rate.
    fn per(&self, at: usize, end: usize, unit: Unit) -> Option<Found> {
        let rate = matches!(self.low(at.wrapping_sub(1)), "twice" | "once" | "times");
        if rate { self.found(at, end, Raw::Duration { unit, count: Some("1".to_owned()) }) } else { None }
    }

    /// "ago", "later", "earlier", "before", "from now".
    fn direction(&self, at: usize) -> Option<(i32, Anchor, usize)> {
        Some(match self.low(at) {
            "ago" => (-1, Anchor::Published, at + 1),
            "later" | "afterward" | "afterwards" => (1, Anchor::Story, at + 1),
            "earlier" | "previously" | "beforehand" => (-1, Anchor::Story, at + 1),
            "before" | "after" if !self.low(at + 1).starts_with(|c: char| c.is_alphanumeric()) => {
                (if self.low(at) == "before" { -1 } else { 1 }, Anchor::Story, at + 1)
            }
            "from" if self.low(at + 1) == "now" => (1, Anchor::Published, at + 2),
            _ => return None,
        })
    }

    /// "spring", "the summer of 1920", "winter 1943": `start` is where the expression starts, `at` its season.
    fn season(&self, start: usize, at: usize, which: Which) -> Option<Found> {
        let code = season(self.low(at))?;
        if let Some((years, _, end)) = self.of_year(at + 1).filter(|_| which == Which::Bare) {
            let which = if years < 0 {
                Which::Last
            } else if years > 0 {
                Which::Next
            } else {
                Which::Same
            };
            return self.found(start, end, Raw::Season { year: None, code, which });
        }
        let (year, end) = self.year_after(at + 1);
        if year.is_none() && which == Which::Bare {
            let before = if at > self.start { self.low(at - 1) } else { "" };
            let led = matches!(
                before,
                "the" | "in" | "early" | "late" | "by" | "mid" | "since" | "this" | "that" | "each" | "every"
            );
            let verb = self.low(at) == "fall"
                && (before == "the" && self.low(at + 1) == "of"
                    || !matches!(before, "the" | "early" | "late" | "this" | "in"));
            if !led || verb || self.low(at) == "spring" && self.low(at + 1) == "of" && month(self.low(at + 2)).is_none()
            {
                return None;
            }
        }
        self.found(start, end, Raw::Season { year, code, which })
    }

    /// A year alone. Four digits are a year where a preposition or an era stands by, and no counted noun follows.
    fn year(&self, at: usize) -> Option<Found> {
        let word = self.low(at);
        // "1915-16": the second year of two.
        let second = word.len() == 2
            && matches!(self.low(at.wrapping_sub(1)), "-" | "–")
            && at >= self.start + 2
            && self.four_digits(at - 2).is_some();
        if second && word.bytes().all(|b| b.is_ascii_digit()) {
            return self.found(at, at + 1, Raw::Year(Year::Short(word.parse().ok()?)));
        }
        if let Some(short) = word.strip_prefix(['\'', '’']).filter(|w| w.len() == 2) {
            return self.found(at, at + 1, Raw::Year(Year::Short(short.parse().ok()?)));
        }
        if let Some(year) =
            word.strip_prefix("mid-").and_then(|w| w.parse::<i16>().ok()).filter(|y| (1000..2100).contains(y))
        {
            return self.found(at, at + 1, Raw::Year(Year::Common(year)));
        }
        let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if digits && word.len() < 5 && self.is_era(at + 1) {
            let year: i16 = word.parse().ok()?;
            let raw = if self.low(at + 1).starts_with('b') { Year::Before(year) } else { Year::Common(year) };
            return self.found(at, at + 2, Raw::Year(raw));
        }
        if matches!(self.text(at), "AD" | "A.D.") && self.text(at + 1).bytes().all(|b| b.is_ascii_digit()) {
            return self.found(at, at + 2, Raw::Year(Year::Common(self.text(at + 1).parse().ok()?)));
        }
        let year = self.four_digits(at)?;
        self.year_here(at).then(|| Found { start: at, end: at + 1, raw: Raw::Year(year) })
    }

    fn year_here(&self, at: usize) -> bool {
        let before = if at > self.start { self.low(at - 1) } else { "" };
        let next = self.low(at + 1);
        if matches!(
            before,
            "$" | "£"
                | "€"
                | "no."
                | "nearly"
                | "least"
                | "than"
                | "approximately"
                | "some"
                | "around"
                | "almost"
                | "roughly"
                | "only"
                | "over"
                | "flight"
                | "section"
                | "page"
                | "resolution"
                | "article"
        ) {
            return matches!(before, "around") && !next.starts_with(char::is_alphabetic);
        }
        let counted = next.ends_with('s') && next.len() > 3 && !matches!(next, "was" | "has" | "elections")
            || matches!(
                next,
                "people" | "men" | "women" | "km" | "percent" | "%" | "million" | "troops" | "hours" | "gmt"
            );
        let round = self.text(at).ends_with("00") && !matches!(before, "in" | "since" | "by" | "until" | "from");
        let led = matches!(before, "in" | "since" | "the" | "of" | "from" | "by");
        (!counted || (led && !round))
            && (before != "-"
                || at < self.start + 2
                || self.four_digits(at - 2).is_some()
                || !self.low(at - 2).starts_with(char::is_alphabetic))
    }

    /// "10:30 a.m.", "5 pm", "16:30 GMT".
    fn clock(&self, at: usize) -> Option<Found> {
        let text = self.text(at);
        let (hour, minute) = match text.split_once(':') {
            Some((h, m)) => (h.parse::<i8>().ok()?, m.get(..2)?.parse::<i8>().ok()?),
            None => (text.parse::<i8>().ok()?, 0),
        };
        let half = self.low(at + 1).replace('.', "");
        let zone = |i: usize| usize::from(matches!(self.text(i), "GMT" | "UTC" | "EST" | "EDT" | "ET" | "PST"));
        let (hour, mut end) = match half.as_str() {
            "am" => (hour % 12, at + 2),
            "pm" => (hour % 12 + 12, at + 2),
            "o'clock" | "o’clock" => (hour, at + 2),
            _ if text.contains(':') && text.len() <= 5 => (hour, at + 1),
            _ => return None,
        };
        end += zone(end);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(Found {
            start: at,
            end,
            raw: Raw::Clock { hour, minute },
        })
    }

    /// "every day", "daily", "per week", "night", "noon", "midnight", "the same time".
    fn words_of_day(&self, at: usize) -> Option<Found> {
        let word = self.low(at);
        let code = |unit: Unit| match unit {
            Unit::Day | Unit::Night => "XXXX-XX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Month => "XXXX-XX",
            _ => "XXXX",
        };
        match word {
            "every" | "each" => {
                let (unit, plural) =
                    unit(self.low(at + 1)).filter(|(u, _)| !matches!(u, Unit::Second | Unit::Quarter))?;
                if plural || matches!(unit, Unit::Hour | Unit::Minute) {
                    return None;
                }
                self.found(at, at + 2, Raw::Set(code(unit)))
            }
            "per" => {
                let (unit, _) = unit(self.low(at + 1))?;
                self.found(at, at + 2, Raw::Duration { unit, count: Some("1".to_owned()) })
            }
            "daily" | "everyday" => self.found(at, at + 1, Raw::Set("XXXX-XX-XX")),
            "weekly" => self.found(at, at + 1, Raw::Set("XXXX-WXX")),
            "monthly" => self.found(at, at + 1, Raw::Set("XXXX-XX")),
            "annually" | "yearly" | "annual" => self.found(at, at + 1, Raw::Set("XXXX")),
            "midnight" => self.found(at, at + 1, Raw::Clock { hour: 0, minute: 0 }),
            "noon" => self.found(at, at + 1, Raw::Clock { hour: 12, minute: 0 }),
            "night" | "morning" | "evening" | "afternoon" | "dawn" => {
                let led = matches!(self.low(at.wrapping_sub(1)), "at" | "the" | "in" | "by" | "that" | "overnight");
                let of = self.low(at + 1) == "of";
                if of {
                    return self.part_of(at, day_part(word)?);
                }
                let start = at - usize::from(at > self.start && self.low(at - 1) == "the");
                if led { self.found(start, at + 1, Raw::Part(day_part(word)?)) } else { None }
            }
            "overnight" => self.found(at, at + 1, Raw::Part("NI")),
            _ => None,
        }
    }

    /// "the night of April 18, 1775".
    fn part_of(&self, at: usize, code: &'static str) -> Option<Found> {
        let next = at + 2 + usize::from(self.low(at + 2) == "the");
        let inner = self.month_first(next).or_else(|| self.day_first(next)).or_else(|| self.ordinal_day(next))?;
        let Raw::Day { year, month, day, .. } = inner.raw else { return None };
        let start = at - usize::from(at > self.start && self.low(at - 1) == "the");
        self.found(start, inner.end, Raw::Day { year, month, day, part: Some(code) })
    }

    /// Takes along what leads an expression: "early", "the end of", "about", "more than".
    fn widen(&self, found: &mut Found, from: usize) {
        while let Some(step) = self.lead(found, from) {
            found.start -= step;
        }
    }

    /// How many words before an expression belong to it.
    fn lead(&self, found: &Found, from: usize) -> Option<usize> {
        let start = found.start;
        let low = |back: usize| start.checked_sub(back).filter(|s| *s >= from).map_or("", |s| self.words.lower(s));
        let length = matches!(found.raw, Raw::Duration { .. } | Raw::Shift { .. } | Raw::Reference(_));
        let era = matches!(found.raw, Raw::Season { .. } | Raw::Decade(_) | Raw::Century(..));
        let whole = era
            || matches!(
                found.raw,
                Raw::Month { .. }
                    | Raw::Year(_)
                    | Raw::MonthOf { .. }
                    | Raw::Shift { .. }
                    | Raw::Weekday { .. }
                    | Raw::Day { .. }
            );
        const HEDGES: [&str; 10] =
            ["about", "almost", "nearly", "over", "around", "approximately", "roughly", "some", "just", "only"];
        if length && HEDGES.contains(&low(1)) {
            return Some(1);
        }
        let compared =
            matches!((low(2), low(1)), ("more" | "less" | "fewer", "than") | ("at", "least" | "most") | ("up", "to"));
        if length && compared {
            return Some(2);
        }
        if whole
            && matches!((low(2), low(1)), ("end" | "beginning" | "start" | "middle" | "close" | "half" | "part", "of"))
        {
            let ordered = matches!(low(3), "first" | "second" | "latter" | "early" | "later") && low(4) == "the";
            return Some(if ordered { 4 } else { 2 + usize::from(low(3) == "the") });
        }
        if whole && !matches!(found.raw, Raw::Day { .. }) && matches!(low(1), "early" | "late" | "mid" | "later") {
            return Some(1);
        }
        let definite = era
            || matches!(found.raw, Raw::DayOfMonth(_))
            || whole && matches!(self.words.lower(start), "early" | "late" | "end");
        (definite && low(1) == "the").then_some(1)
    }

    /// "April and June 1955", "26 June - 4 August 1952": the year behind the second holds for the first.
    fn with_year_ahead(&self, mut found: Found) -> Found {
        let bare = matches!(found.raw, Raw::Day { year: None, .. } | Raw::Month { year: None, which: Which::Bare, .. });
        let joint = matches!(self.low(found.end), "and" | "to" | "-" | "–" | "until" | "or");
        if !bare || !joint {
            return found;
        }
        let next = self.month_first(found.end + 1).or_else(|| self.day_first(found.end + 1));
        let told = match next.map(|f| f.raw) {
            Some(Raw::Day { year: Some(year), month, .. } | Raw::Month { year: Some(year), month, .. }) => {
                Some((year, month))
            }
            _ => None,
        };
        if let Some((ahead, later)) = told {
            match &mut found.raw {
                Raw::Day { year, month, .. } | Raw::Month { year, month, .. } if *month <= later => *year = Some(ahead),
                _ => {}
            }
        }
        found
    }

    /// The second of two days that share their month: "9 and 10 June" is read from its end, "June 9-10" here.
    fn second(&self, first: &Found) -> Option<Found> {
        let Raw::Day { year, month, .. } = first.raw else { return None };
        let at = first.end;
        if !matches!(self.low(at), "-" | "–" | "and" | "to") || self.month_name(first.start).is_none_or(|m| m != month)
        {
            return None;
        }
        let day = day_number(self.low(at + 1))
            .filter(|_| self.month_name(at + 2).is_none() && !self.low(at + 2).starts_with(char::is_alphabetic))?;
        let (after, end) = self.year_after(at + 2);
        self.found(at + 1, end, Raw::Day { year: after.or(year), month, day, part: None })
    }
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word
        .strip_suffix("st")
        .or(word.strip_suffix("nd"))
        .or(word.strip_suffix("rd"))
        .or(word.strip_suffix("th"))
        .unwrap_or(word);
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}
