//! From what an expression says to a TIMEX3 value and the days it can mean.
//!
//! Two clocks run along: the day of publication, and the time that the story is at. A bare "14 May" is read against the
//! story's own year where the story has named one, else against the day of publication; where neither is known the year
//! stays open.

use super::raw::{Anchor, Raw, Which, Year};
use super::words::Unit;
use hearsay_types::{Interval, Precision, Timex};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A time the story has named, as exactly as it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Negative before Christ: 479 BC is -479.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
}

impl Moment {
    fn of(date: Date) -> Self {
        Moment { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
    }

    fn date(self) -> Option<Date> {
        Date::new(self.year.filter(|y| *y > 0)?, self.month?, self.day?).ok()
    }
}

/// What is known while the expressions of an article are resolved, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Tracker {
    /// The day of publication, as far as it is one month or less.
    pub published: Option<Date>,
    /// The year of publication, where it is one.
    pub published_year: Option<i16>,
    /// Whether the story tells of years long before its publication.
    pub historic: bool,
    /// The time that the story is at.
    pub story: Moment,
    /// Whether the sentence looks ahead ("will", "plans to").
    pub ahead: bool,
    /// In which paragraph the story last named a year, and which paragraph is read now.
    pub named_in: Option<usize>,
    /// The paragraph that is read now.
    pub paragraph: usize,
}

impl Tracker {
    /// Resolves one expression and moves the story's clock.
    pub fn resolve(&mut self, raw: &Raw) -> Timex {
        match raw {
            Raw::Day { year, month, day, part } => self.day(*year, *month, *day, *part),
            Raw::Month { year, month, which } => self.month(*year, *month, *which),
            Raw::Season { year, code, which } => self.season(*year, code, *which),
            Raw::Year(year) => self.year(*year),
            Raw::Decade(decade) => decade_of(*decade),
            Raw::Century(nth, before) => century_of(*nth, *before),
            Raw::Weekday { day, which, part } => self.weekday(*day, *which, *part),
            Raw::DayOfMonth(day) => match (self.story.month, self.story.year) {
                (Some(month), _) => self.day(None, month, *day, None),
                _ => open_date(format!("XXXX-XX-{day:02}"), Precision::Day),
            },
            Raw::Shift { unit, by, anchor, part } => self.shift(*unit, *by, *anchor, *part),
            Raw::MonthOf { month, day, years, anchor } => {
                let year = self.anchor_year(*anchor).map(|y| Year::Common(y + *years as i16));
                if year.is_none() {
                    let day = day.map_or(String::new(), |d| format!("-{d:02}"));
                    return open_date(format!("XXXX-{month:02}{day}"), Precision::Month);
                }
                match day {
                    Some(day) => self.day(year, *month, *day, None),
                    None => self.month(year, *month, Which::Bare),
                }
            }
            Raw::Duration { unit, count } => duration(*unit, count.as_deref()),
            Raw::Set(value) => timex("SET", (*value).to_owned(), Interval::UNKNOWN, Precision::Unknown),
            Raw::Clock { hour, minute } => self.clock(*hour, *minute),
            Raw::Part(code) => self.part(code),
            Raw::Reference(value) => timex("DATE", (*value).to_owned(), self.reference(value), Precision::Unknown),
        }
    }

    fn reference(&self, value: &str) -> Interval {
        match value {
            "PAST_REF" => Interval { earliest: None, latest: self.published },
            "FUTURE_REF" => Interval { earliest: self.published, latest: None },
            _ => Interval::UNKNOWN,
        }
    }

    fn anchor_year(&self, anchor: Anchor) -> Option<i16> {
        match anchor {
            Anchor::Story => self.story.year.or(self.published_year),
            Anchor::Published if self.historic => self.story.year.or(self.published_year),
            Anchor::Published => self.published_year,
        }
    }

    fn set(&mut self, moment: Moment) {
        if moment.year.is_some() {
            self.named_in = Some(self.paragraph);
        }
        self.story = moment;
    }

    /// The year of a bare month: the story's, rolled on at the turn of a year, or the one nearest to publication.
    fn year_of_month(&self, month: i8, which: Which) -> Option<i16> {
        if which != Which::Bare {
            return self.which_year(month, which);
        }
        let told = self.story.year.filter(|_| {
            self.historic
                || self.named_in.is_some_and(|p| p + 1 >= self.paragraph) && self.published_year != self.story.year
        });
        if let Some(year) = told {
            let turned = year > 0 && self.historic && self.story.month.is_some_and(|m| m - month >= 8);
            let back = year > 0 && self.historic && self.story.month.is_some_and(|m| month - m >= 10);
            return Some(year + i16::from(turned) - i16::from(back));
        }
        let Some(published) = self.published else {
            // Without a day of publication a year holds for its own paragraph and the next.
            return self.story.year.filter(|_| self.named_in.is_some_and(|p| p + 1 >= self.paragraph));
        };
        let later = month > published.month();
        let year = published.year();
        Some(match (later, self.ahead) {
            (true, false) if i32::from(month) - i32::from(published.month()) > 1 || self.story.year.is_none() => {
                year - 1
            }
            (true, false) => year - 1,
            (false, true) if month < published.month() => year + 1,
            _ => year,
        })
    }

    fn which_year(&self, month: i8, which: Which) -> Option<i16> {
        let (year, now) = match (self.published, self.historic) {
            (Some(p), false) => (p.year(), p.month()),
            _ => (self.story.year?, self.story.month.unwrap_or(12)),
        };
        Some(match which {
            Which::Last => {
                if month < now {
                    year
                } else {
                    year - 1
                }
            }
            Which::Next => {
                if month > now {
                    year
                } else {
                    year + 1
                }
            }
            _ => year,
        })
    }

    fn full(&self, year: Year) -> i16 {
        match year {
            Year::Common(y) => y,
            Year::Before(y) => -y,
            Year::Short(y) => {
                let near = self.story.year.or(self.published_year).filter(|y| *y > 0).unwrap_or(1990);
                let century = near / 100 * 100;
                if century + y > near + 20 { century - 100 + y } else { century + y }
            }
        }
    }

    fn day(&mut self, year: Option<Year>, month: i8, day: i8, part: Option<&'static str>) -> Timex {
        let year = year.map(|y| self.full(y)).or_else(|| self.year_of_day(month, day));
        self.set(Moment { year: year.or(self.story.year.filter(|_| false)), month: Some(month), day: Some(day) });
        let tail = part.map_or(String::new(), |p| format!("T{p}"));
        let Some(year) = year else {
            return open_date(format!("XXXX-{month:02}-{day:02}{tail}"), Precision::Day);
        };
        let value = format!("{}-{month:02}-{day:02}{tail}", year_text(year));
        let interval =
            Date::new(year.max(1), month, day).ok().filter(|_| year > 0).map_or(Interval::UNKNOWN, Interval::day);
        timex(if part.is_some() { "TIME" } else { "DATE" }, value, interval, Precision::Day)
    }

    fn year_of_day(&self, month: i8, day: i8) -> Option<i16> {
        let year = self.year_of_month(month, Which::Bare)?;
        match self.published {
            // The same month as publication, and later than it: last year's, unless the text looks ahead.
            Some(p)
                if !self.historic
                    && month == p.month()
                    && year == p.year()
                    && day > p.day() + 1
                    && !self.ahead
                    && self.story.year == Some(p.year()) =>
            {
                Some(year)
            }
            _ => Some(year),
        }
    }

    fn month(&mut self, year: Option<Year>, month: i8, which: Which) -> Timex {
        let year = year.map(|y| self.full(y)).or_else(|| self.year_of_month(month, which));
        self.set(Moment { year, month: Some(month), day: None });
        let Some(year) = year else {
            return open_date(format!("XXXX-{month:02}"), Precision::Month);
        };
        let interval = if year > 0 { Interval::month(year, month).unwrap_or_default() } else { Interval::UNKNOWN };
        timex("DATE", format!("{}-{month:02}", year_text(year)), interval, Precision::Month)
    }

    fn season(&mut self, year: Option<Year>, code: &'static str, which: Which) -> Timex {
        let first = match code {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let year = year.map(|y| self.full(y)).or_else(|| match which {
            Which::Bare if self.historic => self.story.year,
            _ => self.which_year(first, which),
        });
        let Some(year) = year else { return open_date(format!("XXXX-{code}"), Precision::Season) };
        self.set(Moment { year: Some(year), month: None, day: None });
        let from = Date::new(year.max(1), first, 1).ok();
        let to = from.and_then(|f| f.checked_add(2.months()).ok()).map(Date::last_of_month);
        let interval = if year > 0 { Interval { earliest: from, latest: to } } else { Interval::UNKNOWN };
        timex("DATE", format!("{}-{code}", year_text(year)), interval, Precision::Season)
    }

    fn year(&mut self, year: Year) -> Timex {
        let mut year = self.full(year);
        // In a story of antiquity a bare three or four digits go back as well.
        if year > 0 && year < 1000 && self.story.year.is_some_and(|y| y < 0) {
            year = -year;
        }
        self.set(Moment { year: Some(year), month: None, day: None });
        let interval = if year > 0 { Interval::year(year).unwrap_or_default() } else { Interval::UNKNOWN };
        timex("DATE", year_text(year), interval, Precision::Year)
    }

    fn weekday(&mut self, day: i8, which: Which, part: Option<&'static str>) -> Timex {
        let tail = part.map_or(String::new(), |p| format!("T{p}"));
        let kind = if part.is_some() { "TIME" } else { "DATE" };
        let base = if self.historic { self.story.date() } else { self.published.or_else(|| self.story.date()) };
        let Some(base) = base else {
            return timex(kind, format!("XXXX-WXX-{day}{tail}"), Interval::UNKNOWN, Precision::Day);
        };
        let Ok(weekday) = Weekday::from_monday_one_offset(day) else {
            return timex(kind, format!("XXXX-WXX-{day}{tail}"), Interval::UNKNOWN, Precision::Day);
        };
        let back = i64::from(base.weekday().since(weekday));
        let forward = (7 - back) % 7;
        let by = match which {
            Which::Next => {
                if forward == 0 {
                    7
                } else {
                    forward
                }
            }
            Which::Last => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            _ if self.ahead && back != 0 => forward,
            _ => -back,
        };
        let Ok(date) = base.checked_add(by.days()) else { return open_date(format!("XXXX-WXX-{day}"), Precision::Day) };
        self.story = Moment::of(date);
        timex(kind, format!("{date}{tail}"), Interval::day(date), Precision::Day)
    }

    fn shift(&mut self, unit: Unit, by: i32, anchor: Anchor, part: Option<&'static str>) -> Timex {
        let base = match anchor {
            Anchor::Published if self.historic && by == 0 && unit == Unit::Day && part != Some("NI") => {
                self.published.map(Moment::of).unwrap_or(self.story)
            }
            Anchor::Published if self.historic && by != 0 && self.story.year.is_some() => self.story,
            Anchor::Published => {
                self.published.map_or(Moment { year: self.published_year, ..Moment::default() }, Moment::of)
            }
            Anchor::Story if self.story.year.is_none() && self.story.month.is_none() => {
                self.published.map_or(Moment { year: self.published_year, ..Moment::default() }, Moment::of)
            }
            Anchor::Story => self.story,
        };
        let tail = part.map_or(String::new(), |p| format!("T{p}"));
        let kind = if part.is_some() { "TIME" } else { "DATE" };
        let moved = move_by(base, unit, by);
        let Some((moment, value, precision)) = moved else {
            return open_shift(unit, by, self.published, kind, &tail);
        };
        // "Today" in a story of old times is the author's day, not the story's.
        if anchor == Anchor::Story || !self.historic {
            self.story = moment;
        }
        let interval = interval_of(moment, precision, unit);
        timex(kind, format!("{value}{tail}"), interval, precision)
    }

    fn clock(&mut self, hour: i8, minute: i8) -> Timex {
        let day = self.story.date().map_or("XXXX-XX-XX".to_owned(), |d| d.to_string());
        let interval = self.story.date().map_or(Interval::UNKNOWN, Interval::day);
        timex("TIME", format!("{day}T{hour:02}:{minute:02}"), interval, Precision::Day)
    }

    fn part(&mut self, code: &'static str) -> Timex {
        timex("TIME", format!("XXXX-XX-XXT{code}"), Interval::UNKNOWN, Precision::Unknown)
    }
}

/// Moves a moment by so many units; the value is as exact as the unit and the moment allow.
fn move_by(base: Moment, unit: Unit, by: i32) -> Option<(Moment, String, Precision)> {
    match unit {
        Unit::Day | Unit::Night | Unit::Hour | Unit::Minute | Unit::Second => {
            let Some(date) = base.date() else {
                let value = match (base.year?, base.month) {
                    (y, Some(m)) => format!("{}-{m:02}-XX", year_text(y)),
                    (y, None) => format!("{}-XX-XX", year_text(y)),
                };
                return Some((base, value, Precision::Month));
            };
            let days = if matches!(unit, Unit::Day | Unit::Night) { i64::from(by) } else { 0 };
            let date = date.checked_add(days.days()).ok()?;
            Some((Moment::of(date), date.to_string(), Precision::Day))
        }
        Unit::Week | Unit::Weekend | Unit::Fortnight => {
            let weeks = i64::from(by) * if unit == Unit::Fortnight { 2 } else { 1 };
            let date = base.date()?.checked_add(weeks.weeks()).ok()?;
            let week = date.iso_week_date();
            let end = if unit == Unit::Weekend { "-WE" } else { "" };
            Some((Moment::of(date), format!("{}-W{:02}{end}", week.year(), week.week()), Precision::Week))
        }
        Unit::Month | Unit::Quarter => {
            let months = i64::from(by) * if unit == Unit::Quarter { 3 } else { 1 };
            let first = Date::new(base.year.filter(|y| *y > 0)?, base.month?, 1)
                .ok()?
                .checked_add(Span::new().months(months))
                .ok()?;
            let moment = Moment { year: Some(first.year()), month: Some(first.month()), day: None };
            Some((moment, format!("{}-{:02}", first.year(), first.month()), Precision::Month))
        }
        Unit::Year => {
            let year = base.year? + by as i16;
            Some((Moment { year: Some(year), month: None, day: None }, year_text(year), Precision::Year))
        }
        Unit::Decade => {
            let decade = (i32::from(base.year?) + 10 * by).div_euclid(10);
            (decade > 0).then(|| {
                (
                    Moment { year: Some((decade * 10) as i16), month: None, day: None },
                    decade.to_string(),
                    Precision::Decade,
                )
            })
        }
        Unit::Century => {
            let century = (i32::from(base.year?) + 100 * by).div_euclid(100);
            (century > 0)
                .then(|| (Moment { year: base.year, month: None, day: None }, century.to_string(), Precision::Century))
        }
    }
}

/// A shift from a time that is not known: the unit stays, the rest is open.
fn open_shift(unit: Unit, by: i32, published: Option<Date>, kind: &'static str, tail: &str) -> Timex {
    let value = match unit {
        Unit::Week | Unit::Weekend | Unit::Fortnight => "XXXX-WXX",
        Unit::Month | Unit::Quarter => "XXXX-XX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    };
    let interval = if by < 0 { Interval { earliest: None, latest: published } } else { Interval::UNKNOWN };
    timex(kind, format!("{value}{tail}"), interval, Precision::Unknown)
}

fn interval_of(moment: Moment, precision: Precision, unit: Unit) -> Interval {
    let Some(year) = moment.year.filter(|y| *y > 0) else { return Interval::UNKNOWN };
    match precision {
        Precision::Day => moment.date().map_or(Interval::UNKNOWN, Interval::day),
        Precision::Week => {
            let Some(date) = moment.date() else { return Interval::UNKNOWN };
            let back = i64::from(date.weekday().to_monday_zero_offset());
            let monday = date.checked_sub(back.days()).unwrap_or(date);
            let first = if unit == Unit::Weekend { monday.checked_add(5.days()).unwrap_or(monday) } else { monday };
            Interval::between(first, monday.checked_add(6.days()).unwrap_or(monday))
        }
        Precision::Month => {
            moment.month.and_then(|m| Interval::month(year, m)).or_else(|| Interval::year(year)).unwrap_or_default()
        }
        Precision::Decade => {
            Interval { earliest: Date::new(year, 1, 1).ok(), latest: Date::new(year + 9, 12, 31).ok() }
        }
        _ => Interval::year(year).unwrap_or_default(),
    }
}

fn decade_of(decade: i16) -> Timex {
    let interval =
        Interval { earliest: Date::new(decade * 10, 1, 1).ok(), latest: Date::new(decade * 10 + 9, 12, 31).ok() };
    timex("DATE", decade.to_string(), interval, Precision::Decade)
}

fn century_of(nth: i16, before: bool) -> Timex {
    if before {
        return timex("DATE", format!("BC{:02}", nth - 1), Interval::UNKNOWN, Precision::Century);
    }
    let interval =
        Interval { earliest: Date::new((nth - 1) * 100 + 1, 1, 1).ok(), latest: Date::new(nth * 100, 12, 31).ok() };
    timex("DATE", format!("{:02}", nth - 1), interval, Precision::Century)
}

fn duration(unit: Unit, count: Option<&str>) -> Timex {
    let count = count.unwrap_or("X");
    let value = match unit {
        Unit::Second => format!("PT{count}S"),
        Unit::Minute => format!("PT{count}M"),
        Unit::Hour => format!("PT{count}H"),
        Unit::Day | Unit::Night | Unit::Weekend => format!("P{count}D"),
        Unit::Week => format!("P{count}W"),
        Unit::Fortnight => "P2W".to_owned(),
        Unit::Month => format!("P{count}M"),
        Unit::Quarter => format!("P{count}Q"),
        Unit::Year => format!("P{count}Y"),
        Unit::Decade => format!("P{count}DE"),
        Unit::Century => format!("P{count}CE"),
    };
    timex("DURATION", value, Interval::UNKNOWN, Precision::Unknown)
}

/// A year as TIMEX3 writes it; years before Christ with "BC" before four digits.
fn year_text(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

fn open_date(value: String, precision: Precision) -> Timex {
    timex("DATE", value, Interval::UNKNOWN, precision)
}

fn timex(kind: &'static str, value: String, interval: Interval, precision: Precision) -> Timex {
    Timex { kind, value, interval, precision }
}
