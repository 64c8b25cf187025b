//! Hours and parts of a day, and what an expression takes along at its edges.

use super::super::raw::{Found, Raw, Which};
use super::super::words::{Unit, day_part, unit};
use super::Grammar;
use super::dates::day_number;

impl Grammar<'_> {
    /// "10:30 a.m.", "5 pm", "16:30 GMT".
    pub(super) fn clock(&self, at: usize) -> Option<Found> {
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
    pub(super) fn words_of_day(&self, at: usize) -> Option<Found> {
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
    pub(super) fn part_of(&self, at: usize, code: &'static str) -> Option<Found> {
        let next = at + 2 + usize::from(self.low(at + 2) == "the");
        let inner = self.month_first(next).or_else(|| self.day_first(next)).or_else(|| self.ordinal_day(next))?;
        let Raw::Day { year, month, day, .. } = inner.raw else { return None };
        let start = at - usize::from(at > self.start && self.low(at - 1) == "the");
        self.found(start, inner.end, Raw::Day { year, month, day, part: Some(code) })
    }

    /// Takes along what leads an expression: "early", "the end of", "about", "more than".
    pub(super) fn widen(&self, found: &mut Found, from: usize) {
        while let Some(step) = self.lead(found, from) {
            found.start -= step;
        }
    }

    /// How many words before an expression belong to it.
    pub(super) fn lead(&self, found: &Found, from: usize) -> Option<usize> {
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
    pub(super) fn with_year_ahead(&self, mut found: Found) -> Found {
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
    pub(super) fn second(&self, first: &Found) -> Option<Found> {
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
