//! Days as pages print them: "6. November 2025", "Apr 27th 2024", "2025年1月13日", "28.04.2023", "3 كانون الثاني 2024".

use hearsay_types::{Interval, Span};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A day as it is printed, with or without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PrintedDate {
    /// Where it stands.
    pub(super) span: Span,
    /// The year; none where it is not printed.
    pub(super) year: Option<i16>,
    /// The month, from 1.
    pub(super) month: i8,
    /// The day of the month, from 1.
    pub(super) day: i8,
}

impl PrintedDate {
    /// The day, if its year is printed.
    pub(super) fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The day as an interval; unknown without a year.
    pub(super) fn interval(self) -> Interval {
        self.date().map_or(Interval::UNKNOWN, Interval::day)
    }
}

/// How short a year may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    /// Four digits after a month's name: "3 Jan 1990".
    Full,
    /// Two as well: "3 JAN 90". Only where nothing else, such as an hour, can follow.
    Short,
}

/// Finds the days printed in a line, in order. `language` (BCP 47) settles what looks alike in two languages and whether
/// 03/04/2024 is in March: in English it can be either and is not read.
pub(super) fn find(line: &str, language: Option<&str>, years: Years) -> Vec<PrintedDate> {
    let reader = Reader { line, tokens: tokens(line), language, years };
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.tokens.len() {
        match reader.date_at(at) {
            Some((date, next)) => {
                found.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// A number or a word of a line.
#[derive(Debug, Clone, Copy)]
struct Token {
    span: Span,
    /// Its value, if it is a number of at most four digits.
    number: Option<i16>,
}

struct Reader<'a> {
    line: &'a str,
    tokens: Vec<Token>,
    language: Option<&'a str>,
    years: Years,
}

impl Reader<'_> {
    fn date_at(&self, at: usize) -> Option<(PrintedDate, usize)> {
        self.year_first(at)
            .or_else(|| self.all_numbers(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
    }

    /// "2025-01-31", "2025/1/31", "2025年1月13日", "2025년 1월 13일".
    fn year_first(&self, at: usize) -> Option<(PrintedDate, usize)> {
        let (y, m) = (self.token(at)?, at + 1);
        let year = y.number.filter(|_| y.span.len() >= 4 && self.digits(at) == 4)?;
        let (first, m) = self.skip(at, m, &["年", "년"]);
        let month = self.number(m, 2)?;
        let (second, d) = self.skip(m, m + 1, &["月", "월"]);
        let day = self.number(d, 2)?;
        let named = first && second;
        let same = self.gap(at, at + 1) == self.gap(m, m + 1) && matches!(self.gap(at, at + 1), "-" | "/" | ".");
        let next = self.skip(d, d + 1, &["日", "일"]).1;
        (named || same).then(|| self.made(at, next - 1, Some(year), month, day))?.map(|date| (date, next))
    }

    /// "28.04.2023", "28. 4. 23", "24-04-2024", "30/04/2024".
    fn all_numbers(&self, at: usize) -> Option<(PrintedDate, usize)> {
        let (first, second) = (self.number(at, 2)?, self.number(at + 1, 2)?);
        let year_token = self.token(at + 2)?;
        let separator = self.gap(at, at + 1).trim();
        if separator != self.gap(at + 1, at + 2).trim() || !matches!(separator, "." | "/" | "-") {
            return None;
        }
        let year = match (self.digits(at + 2), separator) {
            (4, _) => year_token.number?,
            (2, ".") => short_year(year_token.number?),
            _ => return None,
        };
        let (day, month) = self.day_and_month(first, second, separator)?;
        self.made(at, at + 2, Some(year), month, day).map(|date| (date, at + 3))
    }

    /// Which of two numbers is the day. With slashes English writes both orders.
    fn day_and_month(&self, first: i16, second: i16, separator: &str) -> Option<(i16, i16)> {
        let english = self.language.is_none_or(|l| l.starts_with("en"));
        match () {
            () if second > 12 => Some((second, first)),
            () if first > 12 || first == second || separator == "." || !english => Some((first, second)),
            () => None,
        }
    }

    /// "6. November 2025", "25 de mayo de 2025", "1st of May 2024", "3 Jan".
    fn day_first(&self, at: usize) -> Option<(PrintedDate, usize)> {
        let day = self.number(at, 2)?;
        let m = self.skip(at, at + 1, &["st", "nd", "rd", "th", "er", "de", "of", "di", "º"]).1;
        let m = self.skip(m, m, &["of", "de"]).1;
        if !close(self.gap(m - 1, m)) {
            return None;
        }
        let (month, next) = self.month(m)?;
        let (year, next) = self.year_after(next);
        self.made(at, next - 1, year, month, day).map(|date| (date, next))
    }

    /// "November 6, 2025", "Apr 27th 2024", "Nov. 3".
    fn month_first(&self, at: usize) -> Option<(PrintedDate, usize)> {
        let (month, d) = self.month(at)?;
        let day = self.number(d, 2).filter(|_| close(self.gap(d - 1, d)))?;
        let next = self.skip(d, d + 1, &["st", "nd", "rd", "th"]).1;
        let (year, next) = self.year_after(next);
        self.made(at, next - 1, year, month, day).map(|date| (date, next))
    }

    /// The year that stands at `at`, after a day and a month, and what follows it.
    fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let (_, y) = self.skip(at, at, &["de", "del", "г", "р"]);
        let Some(token) = self.token(y).filter(|_| close(self.gap(y - 1, y))) else { return (None, at) };
        match (self.digits(y), token.number) {
            (4, Some(year)) => (Some(year), y + 1),
            (2, Some(year)) if self.years == Years::Short && !self.line[token.span.end..].starts_with([':', '.']) => {
                (Some(short_year(year)), y + 1)
            }
            _ => (None, at),
        }
    }

    /// The month whose name stands at `at`, and what follows it. "تشرين الأول/أكتوبر" counts as one.
    fn month(&self, at: usize) -> Option<(i16, usize)> {
        let one = |i: usize| month_of(&self.word(i)?, self.language).map(|m| (m, i + 1));
        let two =
            |i: usize| month_of(&format!("{} {}", self.word(i)?, self.word(i + 1)?), self.language).map(|m| (m, i + 2));
        let (month, next) = two(at).or_else(|| one(at))?;
        match one(next) {
            Some((again, after)) if again == month && self.gap(next - 1, next).trim() == "/" => Some((month, after)),
            _ => Some((month, next)),
        }
    }

    fn made(&self, first: usize, last: usize, year: Option<i16>, month: i16, day: i16) -> Option<PrintedDate> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year.unwrap_or(2000), month, day).ok()?;
        if year.is_some_and(|y| !(1900..=2100).contains(&y)) {
            return None;
        }
        Some(PrintedDate { span: self.tokens[first].span.to(self.tokens[last].span), year, month, day })
    }

    fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    fn digits(&self, at: usize) -> usize {
        self.token(at).map_or(0, |t| t.span.of(self.line).chars().count())
    }

    fn number(&self, at: usize, digits: usize) -> Option<i16> {
        self.token(at)?.number.filter(|_| self.digits(at) <= digits)
    }

    fn word(&self, at: usize) -> Option<String> {
        let token = self.token(at).filter(|t| t.number.is_none())?;
        Some(token.span.of(self.line).to_lowercase())
    }

    /// What stands between two tokens.
    fn gap(&self, left: usize, right: usize) -> &str {
        match (self.token(left), self.token(right)) {
            (Some(l), Some(r)) => self.line.get(l.span.end..r.span.start).unwrap_or(""),
            _ => "\u{0}",
        }
    }

    /// Whether one of `words` stands at `at`, close after `left`, and where the reading goes on.
    fn skip(&self, left: usize, at: usize, words: &[&str]) -> (bool, usize) {
        let here =
            self.word(at).is_some_and(|w| words.contains(&w.as_str())) && (left == at || close(self.gap(left, at)));
        (here, if here { at + 1 } else { at })
    }
}

/// Whether a gap holds the parts of one date together.
fn close(gap: &str) -> bool {
    gap.chars().all(|c| {
        c.is_whitespace() || matches!(c, '.' | ',' | '،' | '-' | '/' | '’' | '\'' | 'º' | '\u{200f}' | '\u{200e}')
    }) && gap.chars().filter(|c| !c.is_whitespace()).count() <= 2
}

/// The year that two digits stand for.
fn short_year(year: i16) -> i16 {
    if year >= 50 { 1900 + year } else { 2000 + year }
}

/// Splits a line into numbers and words; a word also ends where a small letter is followed by a capital one, since
/// scraped text runs its parts together ("TimesNovember 21").
fn tokens(line: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let kind = |c: char| (digit(c).is_some(), word_char(c));
        let joined = word_char(c)
            && kind(last) == kind(c)
            && !(last.is_lowercase() && c.is_uppercase())
            && !(han(c) || han(last));
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(token) if joined => token.span.end = end,
            _ if word_char(c) => out.push(Token { span: Span::new(at, end), number: None }),
            _ => {}
        }
        last = c;
    }
    for token in &mut out {
        token.number = number(token.span.of(line));
    }
    out
}

fn word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036f}' | '\u{0900}'..='\u{0963}' | '\u{0e31}'..='\u{0e4e}')
}

/// The unit signs of East Asian dates stand alone, whatever is around them.
fn han(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn number(token: &str) -> Option<i16> {
    let digits: Option<Vec<i16>> = token.chars().map(digit).collect();
    digits.filter(|d| d.len() <= 4).map(|d| d.iter().fold(0, |sum, n| sum * 10 + n))
}

/// The value of a digit of any of the scripts that newspapers print dates in.
fn digit(c: char) -> Option<i16> {
    const ZEROS: [char; 7] = ['0', '٠', '۰', '०', '০', '๐', '０'];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|n| *n < 10)).map(|n| n as i16)
}

/// The month a word names. Beginnings of three and more letters count; a word that names two months is settled by the
/// language or not read.
fn month_of(word: &str, language: Option<&str>) -> Option<i16> {
    static NAMES: LazyLock<HashMap<String, Vec<(&'static str, i16)>>> = LazyLock::new(month_names);
    let found = NAMES.get(word)?;
    let one = |mut months: Vec<i16>| {
        months.dedup();
        (months.len() == 1).then(|| months[0])
    };
    let language = language.map(|l| l.split(['-', '_']).next().unwrap_or(l));
    let sorted = |keep: &dyn Fn(&str) -> bool| {
        let mut months: Vec<i16> = found.iter().filter(|(l, _)| keep(l)).map(|(_, m)| *m).collect();
        months.sort_unstable();
        months
    };
    one(sorted(&|l| Some(l) == language)).or_else(|| one(sorted(&|_| true)))
}

fn month_names() -> HashMap<String, Vec<(&'static str, i16)>> {
    let mut names: HashMap<String, Vec<(&'static str, i16)>> = HashMap::new();
    for (language, months) in hearsay_data::press::MONTHS.iter() {
        for (forms, month) in months.iter().zip(1..) {
            for form in forms.split(' ').map(|f| f.replace('_', " ")) {
                for short in shortened(&form) {
                    let entry = names.entry(short).or_default();
                    if !entry.contains(&(language.as_str(), month)) {
                        entry.push((language.as_str(), month));
                    }
                }
            }
        }
    }
    names
}

/// A name and its beginnings of three and more letters.
fn shortened(form: &str) -> Vec<String> {
    let letters: Vec<char> = form.chars().collect();
    let latin = letters.iter().all(|c| !('\u{0590}'..).contains(c) || ('\u{1e00}'..'\u{2000}').contains(c));
    let least = if latin { 3.min(letters.len()) } else { letters.len() };
    (least..=letters.len()).map(|n| letters[..n].iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(line: &str, language: &str) -> Vec<Date> {
        find(line, Some(language), Years::Full).into_iter().filter_map(PrintedDate::date).collect()
    }

    #[test]
    fn reads_the_forms_of_many_languages() {
        for (line, language, want) in [
            ("Publiziert 6. November 2025, 12:26", "de", date(2025, 11, 6)),
            ("12. MÄR 2025 18:03", "de", date(2025, 3, 12)),
            ("25 de mayo de 2025 16:51 h", "es", date(2025, 5, 25)),
            ("15 oct 2024 - 08:22", "es", date(2024, 10, 15)),
            ("Saturday, Apr 27th 2024 4PM", "en", date(2024, 4, 27)),
            ("17:41 JST, October 13, 2024", "en", date(2024, 10, 13)),
            ("by The Hill TimesNovember 21, 2025", "en", date(2025, 11, 21)),
            ("2025年1月13日 21時37分", "ja", date(2025, 1, 13)),
            ("2025년 6월 4일", "ko", date(2025, 6, 4)),
            ("2025-03-29T11:36:01Z", "en", date(2025, 3, 29)),
            ("公開日：2025/01/31 11:30", "ja", date(2025, 1, 31)),
            ("28. 4. 2023 , 18:41 Uhr", "de", date(2023, 4, 28)),
            ("25.4.24", "de", date(2024, 4, 25)),
            ("Publié le 18 juil. 2024 à 08:01", "fr", date(2024, 7, 18)),
            ("20 Nisan 2026", "tr", date(2026, 4, 20)),
            ("3 كانون الثاني/يناير 2024", "ar", date(2024, 1, 3)),
            ("٣ يناير ٢٠٢٤", "ar", date(2024, 1, 3)),
            ("14 мая 2025 г.", "ru", date(2025, 5, 14)),
            ("30/04/2024 - 16:38", "en", date(2024, 4, 30)),
            ("05/02/2024", "fr", date(2024, 2, 5)),
        ] {
            assert_eq!(days(line, language), [want], "{line}");
        }
    }

    #[test]
    fn what_can_be_two_days_is_not_read() {
        assert_eq!(days("06/01/2026", "en"), []);
        assert_eq!(days("4 lip 2024", "en"), []);
        assert_eq!(days("4 lip 2024", "pl"), [date(2024, 7, 4)]);
    }

    #[test]
    fn numbers_that_are_no_days_are_left() {
        for line in
            ["569-1100", "46 x 30.5", "version 12.44.2024", "31 February 2024", "may 2024", "march 45", "192.168.1.1"]
        {
            assert_eq!(days(line, "en"), [], "{line}");
        }
    }

    #[test]
    fn a_day_without_a_year_stays_so() {
        let found = find("GAZA, Nov 3 (Agency)", Some("en"), Years::Short);
        assert_eq!((found[0].year, found[0].month, found[0].day), (None, 11, 3));
        assert_eq!(found[0].interval(), Interval::UNKNOWN);
        let wire = find("3 JAN 90", None, Years::Short);
        assert_eq!(wire[0].date(), Some(date(1990, 1, 3)));
        assert_eq!(find("3 Jan 18:30", None, Years::Short)[0].year, None);
    }
}
