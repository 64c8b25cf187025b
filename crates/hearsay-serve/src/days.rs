//! Days, months and years as pages show them. Days are ISO 8601 text, as the record keeps them.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days from an earliest to a latest one, either unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// The first day, or nothing.
    pub earliest: Option<String>,
    /// The last day, or nothing.
    pub latest: Option<String>,
}

/// How finely days are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Each day by itself.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl By {
    /// As addresses name it.
    pub fn of(name: &str) -> Option<By> {
        [By::Day, By::Month, By::Year].into_iter().find(|by| by.name() == name)
    }

    /// As addresses name it.
    pub fn name(self) -> &'static str {
        match self {
            By::Day => "day",
            By::Month => "month",
            By::Year => "year",
        }
    }

    /// How many characters of a day tell its bucket.
    pub fn width(self) -> usize {
        match self {
            By::Day => 10,
            By::Month => 7,
            By::Year => 4,
        }
    }

    /// What suits a span: days up to four months, months up to eight years.
    pub fn fitting(first: &str, last: &str) -> By {
        match (day(first), day(last)) {
            (Some(a), Some(b)) if (b - a).get_days() <= 124 => By::Day,
            (Some(a), Some(b)) if b.year() - a.year() <= 8 => By::Month,
            _ => By::Year,
        }
    }

    /// The buckets from one day to another, both inside; at most `most`.
    pub fn buckets(self, first: &str, last: &str, most: usize) -> Vec<String> {
        let (Some(mut at), Some(end)) = (day(first), day(last)) else { return Vec::new() };
        let step = match self {
            By::Day => 1.day(),
            By::Month => {
                at = at.first_of_month();
                1.month()
            }
            By::Year => {
                at = at.first_of_year();
                1.year()
            }
        };
        let mut out = Vec::new();
        while at <= end && out.len() < most {
            out.push(at.to_string()[..self.width()].to_owned());
            let Ok(next) = at.checked_add(step) else { break };
            at = next;
        }
        out
    }
}

/// The first and the last day of a bucket (`2014`, `2014-04`, `2014-04-08`).
pub fn bounds(bucket: &str) -> (String, String) {
    let (from, last): (String, fn(Date) -> Date) = match bucket.len() {
        4 => (format!("{bucket}-01-01"), Date::last_of_year),
        7 => (format!("{bucket}-01"), Date::last_of_month),
        _ => (bucket.to_owned(), |day| day),
    };
    let to = day(&from).map_or_else(|| from.clone(), |day| last(day).to_string());
    (from, to)
}

/// Whether it is a year or a month of a year.
pub fn is_bucket(text: &str) -> bool {
    matches!(text.len(), 4 | 7) && valid(&bounds(text).0).is_some()
}

/// A bucket in words.
pub fn bucket(bucket: &str) -> String {
    let (from, to) = bounds(bucket);
    told(Some(&from), Some(&to))
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// A whole day, as a user or an address gives it; nothing else comes through.
pub fn valid(text: &str) -> Option<String> {
    day(text.trim()).map(|day| day.to_string())
}

impl Interval {
    /// From two columns.
    pub fn new(earliest: Option<String>, latest: Option<String>) -> Interval {
        Interval { earliest, latest }
    }

    /// In words; empty where nothing is known.
    pub fn told(&self) -> String {
        told(self.earliest.as_deref(), self.latest.as_deref())
    }
}

fn told(earliest: Option<&str>, latest: Option<&str>) -> String {
    match (earliest, latest) {
        (Some(a), Some(b)) => between(a, b),
        (Some(a), None) => format!("{} or later", long(a)),
        (None, Some(b)) => format!("{} or earlier", long(b)),
        (None, None) => String::new(),
    }
}

fn between(a: &str, b: &str) -> String {
    let (Some(first), Some(last)) = (day(a), day(b)) else { return format!("{a} to {b}") };
    let month = |d: Date| MONTHS[d.month() as usize - 1];
    let starts_year = first == first.first_of_year();
    if first == last {
        long(a)
    } else if starts_year && last == last.last_of_year() {
        if first.year() == last.year() {
            first.year().to_string()
        } else {
            format!("{} – {}", first.year(), last.year())
        }
    } else if first == first.first_of_month()
        && last == last.last_of_month()
        && first.first_of_month() == last.first_of_month()
    {
        format!("{} {}", month(first), first.year())
    } else if first.first_of_month() == last.first_of_month() {
        format!("{} – {} {} {}", first.day(), last.day(), month(last), last.year())
    } else {
        format!("{} – {}", long(a), long(b))
    }
}

fn long(text: &str) -> String {
    day(text)
        .map_or_else(|| text.to_owned(), |d| format!("{} {} {}", d.day(), MONTHS[d.month() as usize - 1], d.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(a: &str, b: &str) -> String {
        told(Some(a), Some(b))
    }

    #[test]
    fn intervals_are_told_as_short_as_they_are_known() {
        assert_eq!(words("2012-02-01", "2012-02-29"), "Feb 2012");
        assert_eq!(words("2013-01-01", "2013-12-31"), "2013");
        assert_eq!(words("2014-04-08", "2014-04-08"), "8 Apr 2014");
        assert_eq!(words("2014-04-08", "2014-04-10"), "8 – 10 Apr 2014");
        assert_eq!(words("2011-03-15", "2017-12-31"), "15 Mar 2011 – 31 Dec 2017");
        assert_eq!(told(Some("2025-02-20"), None), "20 Feb 2025 or later");
    }

    #[test]
    fn buckets_cover_a_span() {
        assert_eq!(By::Month.buckets("2013-11-20", "2014-02-01", 99), ["2013-11", "2013-12", "2014-01", "2014-02"]);
        assert_eq!(By::Day.buckets("2014-04-30", "2014-05-01", 99).len(), 2);
        assert_eq!(By::Year.buckets("x", "2014-05-01", 99).len(), 0);
        assert_eq!(bounds("2012-02"), ("2012-02-01".into(), "2012-02-29".into()));
        assert_eq!(valid("2012-02-30"), None);
        assert!(is_bucket("2012") && is_bucket("2012-02") && !is_bucket("2012-13") && !is_bucket("20é"));
    }
}
