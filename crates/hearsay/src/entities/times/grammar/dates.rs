//! Days, months and years: "14 May 1948", "on Monday", "the 14th".

use super::super::raw::{Anchor, Found, Raw, Which, Year};
use super::super::words::{ambiguous_month, day_part, month, ordinal, weekday};
use super::Grammar;

impl Grammar<'_> {
    /// "2012-02-14", "11/2/2001", "9/11".
    pub(super) fn numeric(&self, at: usize) -> Option<Found> {
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
    pub(super) fn day_first(&self, at: usize) -> Option<Found> {
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
    pub(super) fn month_name(&self, at: usize) -> Option<i8> {
        let word = self.text(at);
        (word.starts_with(char::is_uppercase)).then(|| month(self.low(at))).flatten()
    }

    /// A year that follows a month or a day: "1948", ", 1948", "of 1948", "90" after capitals, "480 BC".
    pub(super) fn year_after(&self, at: usize) -> (Option<Year>, usize) {
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

    pub(super) fn is_era(&self, at: usize) -> bool {
        matches!(self.text(at), "BC" | "AD" | "BCE" | "CE" | "B.C." | "A.D." | "B.C.E.")
    }

    pub(super) fn four_digits(&self, at: usize) -> Option<Year> {
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
    pub(super) fn month_first(&self, at: usize) -> Option<Found> {
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
    pub(super) fn of_year(&self, at: usize) -> Option<(i32, Anchor, usize)> {
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
    pub(super) fn month_alone(&self, at: usize) -> bool {
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
    pub(super) fn ordinal_day(&self, at: usize) -> Option<Found> {
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
    pub(super) fn weekday(&self, at: usize) -> Option<Found> {
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

    /// A year alone. Four digits are a year where a preposition or an era stands by, and no counted noun follows.
    pub(super) fn year(&self, at: usize) -> Option<Found> {
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

    pub(super) fn year_here(&self, at: usize) -> bool {
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
}

pub(super) fn day_number(word: &str) -> Option<i8> {
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
