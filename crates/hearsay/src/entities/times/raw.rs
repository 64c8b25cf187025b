//! What a time expression says by itself, before anything around it is known.

use super::words::Unit;

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// "1999".
    Common(i16),
    /// "479 BC".
    Before(i16),
    /// "'89", "90": the century is not told.
    Short(i16),
}

/// Which one of its kind an expression points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// "last", "past", "previous".
    Last,
    /// "this", "that", "the same".
    Same,
    /// "next", "following", "coming".
    Next,
    /// Bare.
    Bare,
}

/// From where an expression counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The day of publication: "two years ago", "last month".
    Published,
    /// The time that the story is at: "two years later", "the next day".
    Story,
}

/// A time expression as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// A day of a month, with the part of the day.
    Day { year: Option<Year>, month: i8, day: i8, part: Option<&'static str> },
    /// A month.
    Month { year: Option<Year>, month: i8, which: Which },
    /// A season.
    Season { year: Option<Year>, code: &'static str, which: Which },
    /// A year.
    Year(Year),
    /// A decade by its first three digits or by "the '80s".
    Decade(i16),
    /// A century: its number, and whether before Christ.
    Century(i16, bool),
    /// A weekday.
    Weekday { day: i8, which: Which, part: Option<&'static str> },
    /// A day of the month alone: "the 14th".
    DayOfMonth(i8),
    /// So many units from an anchor; zero is the one it is in.
    Shift { unit: Unit, by: i32, anchor: Anchor, part: Option<&'static str> },
    /// A month of a year that is told by a shift: "May of that year".
    MonthOf { month: i8, day: Option<i8>, years: i32, anchor: Anchor },
    /// A length: the number is none where it is vague.
    Duration { unit: Unit, count: Option<String> },
    /// A repetition.
    Set(&'static str),
    /// A clock time on the day it stands with.
    Clock { hour: i8, minute: i8 },
    /// A part of a day that is not told.
    Part(&'static str),
    /// PRESENT_REF, PAST_REF or FUTURE_REF.
    Reference(&'static str),
}

/// A time expression in a text: a range of words, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// What it says.
    pub raw: Raw,
}
