//! Spans and shifts: "two years ago", "last month", "the 1990s", "every spring".

use super::super::raw::{Anchor, Found, Raw, Which};
use super::super::words::{Unit, day_part, month, number, ordinal, season, unit, weekday};
use super::Grammar;

impl Grammar<'_> {
    pub(super) fn deictic(&self, at: usize) -> Option<Found> {
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
    pub(super) fn decade(&self, at: usize) -> Option<Found> {
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
    pub(super) fn century(&self, at: usize) -> Option<Found> {
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
    pub(super) fn shifted(&self, at: usize) -> Option<Found> {
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
    pub(super) fn which(&self, at: usize, definite: bool) -> Option<(Which, Anchor, usize)> {
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
    pub(super) fn counted_span(&self, at: usize, next: usize) -> Option<Found> {
        let (count, end) = self.count(next)?;
        let (unit, _) = unit(self.low(end))?;
        self.found(at, end + 1, Raw::Duration { unit, count })
    }

    /// A number or a vague quantity: none is vague. Returns where its unit should stand.
    pub(super) fn count(&self, at: usize) -> Option<(Option<String>, usize)> {
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

    pub(super) fn has(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.low(at + i) == *w)
    }

    /// "two years ago", "a week later", "three days", "five-year", "years earlier".
    pub(super) fn quantity(&self, at: usize) -> Option<Found> {
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
    pub(super) fn per(&self, at: usize, end: usize, unit: Unit) -> Option<Found> {
        let rate = matches!(self.low(at.wrapping_sub(1)), "twice" | "once" | "times");
        if rate { self.found(at, end, Raw::Duration { unit, count: Some("1".to_owned()) }) } else { None }
    }

    /// "ago", "later", "earlier", "before", "from now".
    pub(super) fn direction(&self, at: usize) -> Option<(i32, Anchor, usize)> {
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
    pub(super) fn season(&self, start: usize, at: usize, which: Which) -> Option<Found> {
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
}
