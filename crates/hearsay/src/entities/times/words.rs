//! Words of time.

use crate::shallow::subject::{MONTHS, WEEKDAYS};

/// The number of a month, by its name or its abbreviation in lower case.
pub fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    if let Some(at) = MONTHS.iter().position(|n| *n == word) {
        return Some(at as i8 + 1);
    }
    if word == "sept" {
        return Some(9);
    }
    (word.len() == 3).then(|| MONTHS.iter().position(|n| n.starts_with(word))).flatten().map(|at| at as i8 + 1)
}

/// Whether a month's name is also a common word.
pub fn ambiguous_month(word: &str) -> bool {
    matches!(
        word,
        "may" | "march" | "mar" | "dec" | "jan" | "jun" | "sep" | "apr" | "aug" | "oct" | "nov" | "feb" | "jul"
    )
}

/// The number of a weekday, Monday being 1 as in ISO 8601.
pub fn weekday(word: &str) -> Option<i8> {
    let at = WEEKDAYS.iter().position(|n| *n == word);
    let short = || {
        let word = word.strip_suffix('.')?;
        (word.len() >= 3).then(|| WEEKDAYS.iter().position(|n| n.starts_with(word))).flatten()
    };
    at.or_else(short).map(|at| at as i8 + 1)
}

/// The TIMEX3 code of a season.
pub fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" => "SU",
        "autumn" | "fall" => "FA",
        "winter" | "wintertime" => "WI",
        _ => return None,
    })
}

/// The TIMEX3 code of a part of the day.
pub fn day_part(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "dawn" | "mornings" => "MO",
        "afternoon" | "afternoons" => "AF",
        "evening" | "evenings" | "dusk" => "EV",
        "night" | "nights" | "nightfall" | "overnight" => "NI",
        "midday" | "noon" => "MI",
        _ => return None,
    })
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it.
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A unit by its name, singular or plural, and whether it is plural.
pub fn unit(word: &str) -> Option<(Unit, bool)> {
    let (singular, plural) = match word {
        "centuries" => ("century", true),
        _ => word.strip_suffix('s').map_or((word, false), |s| (s, true)),
    };
    let unit = match singular {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" | "hr" => Unit::Hour,
        "day" => Unit::Day,
        "night" => Unit::Night,
        "week" => Unit::Week,
        "weekend" => Unit::Weekend,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    };
    Some((unit, plural))
}

/// The value of a number word or of digits.
pub fn number(word: &str) -> Option<i64> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "").parse().ok();
    }
    match word {
        "a" | "an" => Some(1),
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        _ => crate::shallow::number_word(word).map(|n| n as i64),
    }
}

/// The value of an ordinal: "first", "14th", "nineteenth", "twenty" + "-" + "first" is read by the caller.
pub fn ordinal(word: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(at) = WORDS.iter().position(|w| *w == word) {
        return Some(at as i64);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    (matches!(tail, "st" | "nd" | "rd" | "th") && !digits.is_empty()).then(|| digits.parse().ok()).flatten()
}
