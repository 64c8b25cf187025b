//! Intervals of days.

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
}
