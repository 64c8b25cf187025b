//! What the formats of other projects are filled from: an act with all that its reports tell.
//!
//! An act is an incident of the record. A record that is not linked yet has none; then every event is an act of its own.

use super::codes;
use crate::{Error, Row, Seen};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// An article, as far as an act needs it.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) publisher: String,
    pub(super) url: String,
    /// The first day on which it can have been published, else the last; ISO 8601, empty where neither is told.
    pub(super) published: String,
    /// How many characters its text has.
    pub(super) length: usize,
    /// Where its first paragraph ends, in bytes.
    pub(super) lead: u64,
}

/// Someone who did it or to whom it was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) actor: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub(super) country: Option<String>,
    /// PLOVER's code.
    pub(super) sector: Option<String>,
}

/// Where it was.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
    /// ISO 3166-1 alpha-2.
    pub(super) country: Option<String>,
    pub(super) precision: String,
}

/// One article's telling of it.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) story: Rc<Story>,
    pub(super) sentence: String,
    /// The number of the sentence in its article, from 1.
    pub(super) nth: usize,
    pub(super) trigger: (String, u64),
    /// Where in the text the first actor and the first recipient are named, in bytes.
    pub(super) named: [Option<u64>; 2],
}

/// How many were killed, as told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Toll {
    pub(super) low: u64,
    pub(super) best: u64,
    pub(super) high: u64,
}

/// Something that was done, or is said to have been done, with all its reports.
#[derive(Debug, Default)]
pub(super) struct Act {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) mode: String,
    pub(super) quad: u64,
    pub(super) status: String,
    pub(super) actors: Vec<Party>,
    pub(super) recipients: Vec<Party>,
    pub(super) place: Option<Spot>,
    pub(super) earliest: Option<Date>,
    pub(super) latest: Option<Date>,
    pub(super) killed: Option<Toll>,
    pub(super) told_for: Vec<String>,
    pub(super) told_against: Vec<String>,
    /// In the order of publication; never empty.
    pub(super) reports: Vec<Report>,
}

/// A day, and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Day {
    pub(super) date: Date,
    /// How many days it can be; none where the day is that of the first report.
    pub(super) days: Option<i64>,
}

impl Story {
    fn of(row: &Row) -> Story {
        let paragraphs = row.get("paragraphs").and_then(Value::as_array);
        Story {
            id: text(row, "id"),
            title: text(row, "title"),
            publisher: text(row, "publisher"),
            url: text(row, "url"),
            published: day(row.get("published")),
            length: row.get("text").and_then(Value::as_str).map_or(0, |t| t.chars().count()),
            lead: paragraphs.and_then(|p| p.first()?.get("end")?.as_u64()).unwrap_or(0),
        }
    }
}

impl Spot {
    /// Its coordinates, where it is no larger than a district: the middle of a country or a region is no place of an act.
    pub(super) fn point(&self) -> Option<(f64, f64)> {
        let small = matches!(&*self.precision, "point" | "settlement" | "district");
        self.lat.zip(self.lon).filter(|_| small)
    }
}

impl Act {
    /// Whether it counts as done for formats that have no field for how it stands.
    pub(super) fn is_told_as_done(&self) -> bool {
        codes::told_as_done(&self.status)
    }

    /// Whether anybody at all tells of it as of something that was: not what is planned, threatened or supposed.
    pub(super) fn is_of_the_past(&self) -> bool {
        !matches!(&*self.status, "planned" | "threatened" | "hypothetical")
    }

    /// The day it stands under: its own, the middle one of at most a month, or the day of the first report.
    pub(super) fn day(&self) -> Option<Day> {
        let own = self.earliest.zip(self.latest).and_then(|(first, last)| {
            let days = i64::from((last - first).get_days()) + 1;
            let middle = first.checked_add(jiff::Span::new().days((days - 1) / 2)).ok()?;
            (days <= 31).then_some(Day { date: middle, days: Some(days) })
        });
        let reported = || self.reports.iter().filter_map(|r| r.story.published.parse().ok()).min();
        own.or_else(|| reported().map(|date| Day { date, days: None }))
    }

    /// Who prints it, each once.
    pub(super) fn publishers(&self) -> Vec<String> {
        let all: BTreeSet<&str> = self.reports.iter().map(|r| &*r.story.publisher).filter(|p| !p.is_empty()).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    /// How it stands, who says so and who does not: what other formats have no column for, in one line.
    pub(super) fn standing(&self) -> String {
        let mut parts = vec![format!("status: {}", self.status)];
        let side = |name: &str, who: &[String]| (!who.is_empty()).then(|| format!("{name}: {}", who.join(", ")));
        parts.extend(side("told by", &self.told_for));
        parts.extend(side("denied by", &self.told_against));
        parts.join("; ")
    }
}

/// Gives each act to `take`, in the order of ids; gives their number.
pub(super) fn each(seen: &Seen, take: &mut dyn FnMut(Act) -> Result<(), Error>) -> Result<u64, Error> {
    let shelf = Shelf::of(seen)?;
    let mut count = 0;
    seen.each("incidents", &mut |row| {
        if let Some(act) = shelf.incident(&row)? {
            take(act)?;
            count += 1;
        }
        Ok(())
    })?;
    if count == 0 {
        seen.each("events", &mut |row| {
            if let Some(act) = shelf.event(&row)? {
                take(act)?;
                count += 1;
            }
            Ok(())
        })?;
    }
    Ok(count)
}

/// What acts are put together from.
struct Shelf<'a> {
    seen: &'a Seen<'a>,
    stories: HashMap<String, Rc<Story>>,
    /// Country and sector of each actor.
    actors: HashMap<String, (Option<String>, Option<String>)>,
    /// The country of each place.
    places: HashMap<String, String>,
}

impl<'a> Shelf<'a> {
    fn of(seen: &'a Seen<'a>) -> Result<Shelf<'a>, Error> {
        let mut stories = HashMap::new();
        seen.each("articles", &mut |row| {
            let story = Story::of(&row);
            stories.insert(story.id.clone(), Rc::new(story));
            Ok(())
        })?;
        let mut actors = HashMap::new();
        seen.each("actors", &mut |row| {
            actors.insert(text(&row, "id"), (maybe(row.get("country")), maybe(row.get("sector"))));
            Ok(())
        })?;
        Ok(Shelf { seen, stories, actors, places: seen.countries()? })
    }

    fn event(&self, row: &Row) -> Result<Option<Act>, Error> {
        let Some(report) = self.report(row)? else { return Ok(None) };
        let teller = |sign: &str| {
            let sides = list(row, "tellers").iter().filter(|t| t.get("polarity").and_then(Value::as_str) == Some(sign));
            let claims = sides.filter_map(|t| t.get("claim_id")?.as_str()).map(str::to_owned);
            claims.collect::<Vec<_>>()
        };
        let names =
            |claims: Vec<String>| claims.iter().map(|c| self.teller(c, &report.story)).collect::<Result<Vec<_>, _>>();
        let (told_for, told_against) = (names(teller("+"))?, names(teller("-"))?);
        let interval = row.get("time").and_then(|t| t.get("interval"));
        Ok(Some(Act {
            actors: list(row, "actors").iter().map(|p| self.party(p)).collect(),
            recipients: list(row, "recipients").iter().map(|p| self.party(p)).collect(),
            place: row.get("place").and_then(|p| self.spot(p)),
            earliest: date(interval, "earliest"),
            latest: date(interval, "latest"),
            killed: toll(list(row, "numbers")),
            told_for,
            told_against,
            reports: vec![report],
            ..heads(row)
        }))
    }

    fn incident(&self, row: &Row) -> Result<Option<Act>, Error> {
        let mut reports = Vec::new();
        let mut parties: [Vec<Value>; 2] = Default::default();
        for told in list(row, "reports") {
            let Some(id) = told.get("event_id").and_then(Value::as_str) else { continue };
            let Some(event) = self.seen.by_id("events", id)? else { continue };
            parties[0].extend(list(&event, "actors").iter().cloned());
            parties[1].extend(list(&event, "recipients").iter().cloned());
            reports.extend(self.report(&event)?);
        }
        if reports.is_empty() {
            return Ok(None);
        }
        let names = |column: &str| list(row, column).iter().filter_map(|t| maybe(t.get("name"))).collect::<Vec<_>>();
        let side = |column: &str, told: &[Value]| {
            list(row, column).iter().map(|p| self.party(&best_told(p, told))).collect::<Vec<Party>>()
        };
        Ok(Some(Act {
            actors: side("actors", &parties[0]),
            recipients: side("recipients", &parties[1]),
            place: row.get("place").and_then(|p| self.spot(p)),
            earliest: date(row.get("interval"), "earliest"),
            latest: date(row.get("interval"), "latest"),
            killed: toll(list(row, "numbers")),
            told_for: names("tellers_for"),
            told_against: names("tellers_against"),
            reports,
            ..heads(row)
        }))
    }

    fn report(&self, event: &Row) -> Result<Option<Report>, Error> {
        let Some(story) = self.stories.get(&text(event, "article_id")) else { return Ok(None) };
        let sentence = match event.get("sentence_id").and_then(Value::as_str) {
            Some(id) => self.seen.by_id("sentences", id)?,
            None => None,
        };
        let trigger = event.get("trigger");
        let first = |side: &str| list(event, side).first()?.get("span")?.get("start")?.as_u64();
        Ok(Some(Report {
            story: story.clone(),
            sentence: sentence.as_ref().map(|s| text(s, "text")).unwrap_or_default(),
            nth: match &sentence {
                Some(row) => self.seen.nth_sentence(&text(row, "id"))?,
                None => 0,
            },
            trigger: (
                trigger.and_then(|t| maybe(t.get("text"))).unwrap_or_default(),
                trigger.and_then(|t| t.get("start")?.as_u64()).unwrap_or(0),
            ),
            named: [first("actors"), first("recipients")],
        }))
    }

    /// The name of a teller: the source of a claim, or the publisher for the author.
    fn teller(&self, claim: &str, story: &Story) -> Result<String, Error> {
        let row = if claim == "author" { None } else { self.seen.by_id("claims", claim)? };
        let source = row.as_ref().and_then(|r| r.get("source"));
        let name = source.and_then(|s| maybe(s.get("name")).or_else(|| maybe(s.get("head"))));
        let unnamed = || if claim == "author" { story.publisher.clone() } else { "unnamed source".to_owned() };
        Ok(name.filter(|n| !n.is_empty()).unwrap_or_else(unnamed))
    }

    fn party(&self, told: &Value) -> Party {
        let actor = maybe(told.get("actor_id"));
        let (country, sector) = actor.as_ref().and_then(|id| self.actors.get(id)).cloned().unwrap_or_default();
        let name = maybe(told.get("name")).unwrap_or_default();
        let sector = maybe(told.get("sector")).or(sector).or_else(|| codes::sector_of_crowd(&name).map(str::to_owned));
        Party { country: maybe(told.get("country")).or(country), sector, actor, name }
    }

    fn spot(&self, told: &Value) -> Option<Spot> {
        let id = maybe(told.get("place_id"));
        let known = || id.as_ref().and_then(|id| self.places.get(id)).cloned();
        Some(Spot {
            name: maybe(told.get("name"))?,
            lat: told.get("lat").and_then(Value::as_f64),
            lon: told.get("lon").and_then(Value::as_f64),
            country: maybe(told.get("country")).or_else(known),
            precision: maybe(told.get("precision")).unwrap_or_default(),
            id,
        })
    }
}

/// A side of an incident has names and actors; the events that tell it have the sectors.
fn best_told(side: &Value, told: &[Value]) -> Value {
    let same = |t: &&Value| t.get("name") == side.get("name") && t.get("sector").is_some_and(|s| !s.is_null());
    let mut best = side.clone();
    if let (Some(found), Some(fields)) = (told.iter().find(same), best.as_object_mut()) {
        for field in ["sector", "country"] {
            fields.insert(field.into(), found.get(field).cloned().unwrap_or_default());
        }
    }
    best
}

/// The columns that events and incidents share.
fn heads(row: &Row) -> Act {
    Act {
        id: text(row, "id"),
        kind: text(row, "type"),
        mode: text(row, "mode"),
        quad: row.get("quad").and_then(Value::as_u64).unwrap_or(0),
        status: text(row, "status"),
        ..Act::default()
    }
}

/// How many were killed: the lowest and the highest number that anybody tells, and the one that most tell, the lower where two are
/// told as often.
fn toll(numbers: &[Value]) -> Option<Toll> {
    let killed: Vec<&Value> =
        numbers.iter().filter(|n| n.get("kind").and_then(Value::as_str) == Some("killed")).collect();
    let bound = |n: &Value, name: &str| n.get(name).and_then(Value::as_u64);
    let told = |n: &&Value| n.get("by").and_then(Value::as_array).cloned().unwrap_or_else(|| vec![(*n).clone()]);
    let mut votes: BTreeMap<u64, usize> = BTreeMap::new();
    for one in killed.iter().flat_map(told) {
        if let Some(value) = bound(&one, "low").or_else(|| bound(&one, "high")) {
            *votes.entry(value).or_default() += 1;
        }
    }
    let most = votes.values().copied().max()?;
    let best = *votes.iter().find(|(_, n)| **n == most)?.0;
    let low = killed.iter().filter_map(|n| bound(n, "low")).chain(votes.keys().copied()).min()?;
    let high = killed.iter().filter_map(|n| bound(n, "high")).chain(votes.keys().copied()).max()?;
    Some(Toll { low, best, high })
}

fn date(interval: Option<&Value>, bound: &str) -> Option<Date> {
    interval?.get(bound)?.as_str()?.parse().ok()
}

/// The first day of an interval, else its last.
pub(super) fn day(interval: Option<&Value>) -> String {
    let bound = |name: &str| interval.and_then(|i| maybe(i.get(name)));
    bound("earliest").or_else(|| bound("latest")).unwrap_or_default()
}

pub(super) fn text(row: &Row, name: &str) -> String {
    row.get(name).map(plain).unwrap_or_default()
}

/// A value as a field: text as it is, numbers as they are written, nothing for null.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn maybe(value: Option<&Value>) -> Option<String> {
    value.filter(|v| !v.is_null()).map(plain)
}

pub(super) fn list<'a>(row: &'a Row, name: &str) -> &'a [Value] {
    row.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_best_number_is_the_one_that_most_tell() {
        let by = |low: u64| json!({"low": low, "high": low});
        let numbers = [json!({"kind": "killed", "low": 8, "high": 12, "by": [by(12), by(8), by(8), by(9)]})];
        assert_eq!(toll(&numbers), Some(Toll { low: 8, best: 8, high: 12 }));
        let open =
            [json!({"kind": "killed", "low": 10, "high": null}), json!({"kind": "wounded", "low": 3, "high": 3})];
        assert_eq!(toll(&open), Some(Toll { low: 10, best: 10, high: 10 }));
        assert_eq!(toll(&[json!({"kind": "killed", "low": null, "high": null})]), None);
    }

    #[test]
    fn a_vague_time_stands_under_its_middle_and_an_unknown_one_under_the_first_report() {
        let act =
            |first: &str, last: &str| Act { earliest: first.parse().ok(), latest: last.parse().ok(), ..Act::default() };
        let day = |first, last| act(first, last).day();
        assert_eq!(
            day("2012-02-01", "2012-02-29").map(|d| (d.date.to_string(), d.days)),
            Some(("2012-02-15".into(), Some(29)))
        );
        assert_eq!(day("2012-02-07", "2012-02-07").map(|d| d.days), Some(Some(1)));
        assert_eq!(day("2012-01-01", "2012-12-31"), None);
        let story = Rc::new(Story { published: "2012-03-01".into(), ..Story::default() });
        let report = Report { story, sentence: String::new(), nth: 1, trigger: Default::default(), named: [None; 2] };
        let told = Act { reports: vec![report], ..Act::default() };
        assert_eq!(told.day().map(|d| (d.date.to_string(), d.days)), Some(("2012-03-01".into(), None)));
    }

    #[test]
    fn a_country_is_no_point() {
        let spot =
            |precision: &str| Spot { lat: Some(1.0), lon: Some(2.0), precision: precision.into(), ..Spot::default() };
        assert_eq!(spot("settlement").point(), Some((1.0, 2.0)));
        assert_eq!([spot("country").point(), spot("region").point(), spot("area").point()], [None; 3]);
    }
}
