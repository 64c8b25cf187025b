use super::*;
use hearsay_types::Interval;
use jiff::civil::date;

/// The expressions of a text with their values, published on a day or on none.
fn read(text: &str, published: Option<jiff::civil::Date>) -> Vec<(String, String)> {
    let mut article = Article::plain(text);
    article.published = published.map_or(Interval::UNKNOWN, Interval::day);
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let words = Words::of_body(&article, &parsed);
    let value = |m: &Mention| match &m.kind {
        MentionKind::Time(t) => t.value.clone(),
        _ => String::new(),
    };
    find(&article, &words).iter().map(|m| (m.span.of(text).to_owned(), value(m))).collect()
}

fn is(text: &str, published: Option<jiff::civil::Date>, wanted: &[(&str, &str)]) {
    let got = read(text, published);
    let got: Vec<(&str, &str)> = got.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(got, wanted, "{text}");
}

#[test]
fn a_year_that_nobody_tells_stays_open() {
    is("He fled in June. They met on Monday.", None, &[("June", "XXXX-06"), ("Monday", "XXXX-WXX-1")]);
}

#[test]
fn days_of_the_week_and_bare_months_are_read_against_publication() {
    let day = Some(date(2024, 11, 13));
    is("They met on Monday and will meet on Friday.", day, &[("Monday", "2024-11-11"), ("Friday", "2024-11-15")]);
    is("They met late Sunday.", day, &[("late Sunday", "2024-11-10")]);
    is("It fell in December.", day, &[("December", "2023-12")]);
    is(
        "It fell last month, two years ago and yesterday.",
        day,
        &[("last month", "2024-10"), ("two years ago", "2022"), ("yesterday", "2024-11-12")],
    );
}

#[test]
fn the_story_keeps_its_own_year() {
    is(
        "The war began in May 1948. On 14 May guards left. The next day the port burned; two years later it reopened.",
        Some(date(2009, 12, 19)),
        &[
            ("May 1948", "1948-05"),
            ("14 May", "1948-05-14"),
            ("The next day", "1948-05-15"),
            ("two years later", "1950"),
        ],
    );
}

#[test]
fn lengths_sets_and_eras_have_their_values() {
    is(
        "It took 12 days, several weeks and over a year in the 1930s.",
        None,
        &[("12 days", "P12D"), ("several weeks", "PXW"), ("over a year", "P1Y"), ("the 1930s", "193")],
    );
    is("In 479 BC and in the nineteenth century", None, &[("479 BC", "BC0479"), ("the nineteenth century", "18")]);
    is(
        "The 12-year-old came at 5:30 p.m. on September 1, 1939.",
        None,
        &[("12-year-old", "P12Y"), ("5:30 p.m.", "XXXX-XX-XXT17:30"), ("September 1, 1939", "1939-09-01")],
    );
}

#[test]
fn numbers_of_things_are_no_years() {
    is("They sent 2000 soldiers and lost 1500 men.", None, &[]);
}
