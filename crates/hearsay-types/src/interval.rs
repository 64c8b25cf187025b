//! Intervals of days.

use crate::Precision;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From the earliest to the latest day, both included. An open bound is one that the page does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Interval {
    /// The first day it can be, or none where the page does not tell.
    pub earliest: Option<Date>,
    /// The last day it can be, or none where the page does not tell.
    pub latest: Option<Date>,
}

impl Interval {
    /// Nothing is known.
    pub const UNKNOWN: Interval = Interval { earliest: None, latest: None };

    /// One day.
    pub fn day(date: Date) -> Self {
        Interval { earliest: Some(date), latest: Some(date) }
    }

    /// From one day to another, both included.
    pub fn between(earliest: Date, latest: Date) -> Self {
        Interval { earliest: Some(earliest), latest: Some(latest) }
    }

    /// A whole month; none where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Interval::between(first, first.last_of_month()))
    }

    /// A whole year; none where the calendar does not hold it.
    pub fn year(year: i16) -> Option<Self> {
        Some(Interval::between(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
    }

    /// Reads what a person writes: `2012`, `2012-02`, `2012-02-14` (ISO 8601), two of them with `..` between, one of them with
    /// `..` before or behind. Gives the days and how exactly they are told; none where it is nothing like this, or ends before
    /// it begins.
    pub fn read(text: &str) -> Option<(Interval, Precision)> {
        let Some((from, to)) = text.trim().split_once("..") else { return stretch(text.trim()) };
        let bound = |text: &str| if text.is_empty() { Some(None) } else { stretch(text).map(Some) };
        let (from, to) = (bound(from.trim())?, bound(to.trim())?);
        let interval = Interval { earliest: from.and_then(|f| f.0.earliest), latest: to.and_then(|t| t.0.latest) };
        // The vaguer bound tells how exact the whole is: of the precisions of a time the later are the vaguer.
        let precision = from.into_iter().chain(to).map(|bound| bound.1).max()?;
        interval.meet(interval).map(|interval| (interval, precision))
    }

    /// Whether neither bound is known.
    pub fn is_unknown(self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// The one day it names, if it names one.
    pub fn as_day(self) -> Option<Date> {
        self.earliest.filter(|_| self.earliest == self.latest)
    }

    /// What both allow; none where they exclude each other.
    pub fn meet(self, other: Interval) -> Option<Interval> {
        let earliest = self.earliest.max(other.earliest);
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let empty = matches!((earliest, latest), (Some(a), Some(b)) if a > b);
        (!empty).then_some(Interval { earliest, latest })
    }
}

/// A day, a month or a year.
fn stretch(text: &str) -> Option<(Interval, Precision)> {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    if !digits(parts[0], 4) || parts[1..].iter().any(|part| !digits(part, 2)) {
        return None;
    }
    let year = parts[0].parse().ok()?;
    match parts[1..] {
        [] => Some((Interval::year(year)?, Precision::Year)),
        [month] => Some((Interval::month(year, month.parse().ok()?)?, Precision::Month)),
        [_, _] => Some((Interval::day(text.parse().ok()?), Precision::Day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(Interval::month(2012, 2).and_then(|i| i.latest), Some(date(2012, 2, 29)));
        assert_eq!(Interval::month(2012, 13), None);
    }

    #[test]
    fn an_open_bound_gives_way_to_a_known_one() {
        let since = Interval { earliest: Some(date(2009, 1, 1)), latest: None };
        let year = Interval::year(2010).unwrap();
        assert_eq!(since.meet(year), Some(year));
        assert_eq!(Interval::UNKNOWN.meet(since), Some(since));
        assert_eq!(Interval::year(2008).unwrap().meet(since), None);
    }

    #[test]
    fn what_a_person_writes_is_read() {
        let read = |text| Interval::read(text).map(|(i, p)| (i.earliest, i.latest, p));
        let (first, last) = (date(2012, 2, 1), date(2012, 3, 31));
        assert_eq!(read("2012-02..2012-03"), Some((Some(first), Some(last), Precision::Month)));
        assert_eq!(read("2012-02-01"), Some((Some(first), Some(first), Precision::Day)));
        assert_eq!(read("2012-02-01..2012-03"), Some((Some(first), Some(last), Precision::Month)));
        assert_eq!(read(" ..2012-03-31 "), Some((None, Some(last), Precision::Day)));
        assert_eq!(read("2012"), Interval::year(2012).map(|i| (i.earliest, i.latest, Precision::Year)));
        for wrong in ["", "..", "2012-13", "2012-2", "12", "2012-02-30", "2012-03..2012-02", "soon", "2012-01-01-01"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
