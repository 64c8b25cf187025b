//! What a group of reports tells together.

use super::fit::{self, Weights};
use super::view::{View, Views, day, is_spot};
use super::voices::voices;
use hearsay_data::words::closed;
use hearsay_types::incident::{
    Figure, Incident, IncidentId, Joined, Member, Party, Report, Shift, Spot, Tally, written,
};
use hearsay_types::{Interval, NumberKind, Polarity, Precision, Status, StoryId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Writes incidents down.
pub(super) struct Scribe<'a> {
    pub(super) views: &'a Views<'a>,
    /// For each report the first of its reprints.
    pub(super) folds: &'a [usize],
    /// What a person put together.
    pub(super) by_hand: &'a [(usize, usize)],
    pub(super) weights: &'a Weights,
}

/// Of the reports before it a report is held against so many to tell why it belongs to them.
const BEFORE: usize = 16;
/// So many actors, and recipients, are named.
const MEMBERS: usize = 12;

impl Scribe<'_> {
    pub(super) fn incident(&self, group: &[usize]) -> Incident {
        let mut order = group.to_vec();
        let view = |n: usize| &self.views.all[n];
        order
            .sort_by_key(|n| (view(*n).published.unwrap_or(i32::MAX), view(*n).report.article, view(*n).report.at, *n));
        let reports: Vec<&Report> = order.iter().map(|n| view(*n).report).collect();
        let smallest = reports.iter().map(|r| r.id).min().expect("a group holds a report");
        let kind = most(reports.iter().map(|r| r.kind.as_str())).unwrap_or_default();
        let alike: Vec<&Report> = reports.iter().copied().filter(|r| r.kind == kind).collect();
        let publishers = first_publishers(&reports);
        let [tellers_for, tellers_against, relays] = voices(&reports, &publishers);
        let denied = !tellers_against.is_empty();
        Incident {
            id: IncidentId::of(&[b"incident", smallest.as_bytes()]),
            kind: kind.to_owned(),
            mode: most(alike.iter().filter_map(|r| r.mode.as_deref())).map(str::to_owned),
            quad: alike.first().map_or(4, |r| r.quad),
            status: status(&reports, !tellers_for.is_empty(), denied),
            actors: members(reports.iter().map(|r| r.actors.as_slice())),
            recipients: members(reports.iter().map(|r| r.recipients.as_slice())),
            interval: interval(&reports),
            place: place(&reports),
            events: self.joined(&order),
            tellers_for,
            tellers_against,
            relays,
            stories: reports.iter().map(|r| r.story).collect::<BTreeSet<_>>().into_iter().collect(),
            publishers: publishers.into_values().flatten().collect::<BTreeSet<_>>().into_iter().collect(),
            first_reported: reports.first().and_then(|r| published(r)),
            numbers: tallies(&reports),
            changes: changes(&reports),
        }
    }

    fn joined(&self, order: &[usize]) -> Vec<Joined> {
        let told = |(n, at): (usize, &usize)| {
            let event = self.views.all[*at].report.id;
            Joined { event, why: self.why(*at, &order[..n]) }
        };
        order.iter().enumerate().map(told).collect()
    }

    /// Why a report belongs to those before it.
    fn why(&self, at: usize, before: &[usize]) -> String {
        let by_hand = |b: &usize| self.by_hand.contains(&(at, *b)) || self.by_hand.contains(&(*b, at));
        if before.is_empty() {
            return "It is the first report.".to_owned();
        }
        if let Some(other) = before.iter().find(|b| by_hand(b)) {
            return format!("A person put it together with {}.", label(&self.views.all[*other]));
        }
        if let Some(other) = before.iter().find(|b| self.folds[**b] == self.folds[at]) {
            return format!("It is the same sentence as in {}, in a reprint.", label(&self.views.all[*other]));
        }
        let view = &self.views.all[at];
        let held = before.iter().take(BEFORE).map(|b| (fit::hold(self.views, view, &self.views.all[*b]), *b));
        let best =
            held.max_by(|a, b| self.weights.score(&a.0).total_cmp(&self.weights.score(&b.0)).then(b.1.cmp(&a.1)));
        best.map_or_else(String::new, |(held, other)| {
            let other = &self.views.all[other];
            format!("As {} tells: {}.", label(other), fit::why(self.views, view, other, &held))
        })
    }
}

fn label(view: &View) -> String {
    let publisher = view.report.publisher.as_deref().unwrap_or("an article");
    match published(view.report) {
        Some(day) => format!("{publisher} of {day}"),
        None => publisher.to_owned(),
    }
}

/// The day by which a report was published.
pub(super) fn published(report: &Report) -> Option<Date> {
    report.published.earliest.or(report.published.latest)
}

/// The value that stands most often; of several the one that comes first.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (n, value) in values.enumerate() {
        counts.entry(value).or_insert((0, n)).0 += 1;
    }
    counts.into_iter().min_by_key(|(_, (count, first))| (std::cmp::Reverse(*count), *first)).map(|(value, _)| value)
}

/// Of each story the publisher that had it first.
fn first_publishers(reports: &[&Report]) -> BTreeMap<StoryId, Option<String>> {
    let mut first = BTreeMap::new();
    for report in reports {
        let kept: &mut Option<String> = first.entry(report.story).or_default();
        if kept.is_none() {
            kept.clone_from(&report.publisher);
        }
    }
    first
}

/// How it stands, all reports together.
fn status(reports: &[&Report], told: bool, denied: bool) -> Status {
    use Status::{Alleged, Background, Denied, Disputed, Happened, Hypothetical, Planned, Threatened, Unclear};
    let any = |status: Status| reports.iter().any(|r| r.status == status);
    if any(Disputed) || (told && denied) {
        return Disputed;
    }
    let order = [Happened, Alleged, Denied, Background, Planned, Threatened, Unclear, Hypothetical];
    order.into_iter().find(|s| any(*s)).unwrap_or(Unclear)
}

/// Who took part, most reports first. A pronoun names nobody.
fn members<'a>(sides: impl Iterator<Item = &'a [Party]>) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::new();
    for party in sides.flatten().filter(|p| names_someone(p)) {
        let same = |m: &&mut Member| match party.actor_id {
            Some(id) => m.actor_id == Some(id),
            None => m.actor_id.is_none() && m.name.eq_ignore_ascii_case(&party.name),
        };
        match found.iter_mut().find(same) {
            Some(member) => member.reports += 1,
            None => found.push(Member { actor_id: party.actor_id, name: party.name.clone(), reports: 1 }),
        }
    }
    found.sort_by_key(|m| (m.actor_id.is_none(), std::cmp::Reverse(m.reports)));
    found.truncate(MEMBERS);
    found
}

fn names_someone(party: &Party) -> bool {
    party.actor_id.is_some() || party.name.split_whitespace().any(|w| closed(&w.to_lowercase()).is_none())
}

/// The days that all reports allow. Where some exclude each other, those that most exact ones tell; where none tells any, an
/// act that is reported was before the first report.
fn interval(reports: &[&Report]) -> Interval {
    let told = reports.iter().filter_map(|r| r.time.map(|t| t.0)).filter(|i| !i.is_unknown());
    let mut told: Vec<Interval> = told.collect();
    let length = |i: &Interval| i.earliest.zip(i.latest).map_or(i32::MAX, |(a, b)| day(b) - day(a));
    let count = |i: &Interval| told.iter().filter(|o| *o == i).count();
    let counts: Vec<usize> = told.iter().map(count).collect();
    let mut order: Vec<usize> = (0..told.len()).collect();
    order.sort_by_key(|n| (length(&told[*n]) > 2, std::cmp::Reverse(counts[*n]), length(&told[*n]), *n));
    told = order.into_iter().map(|n| told[n]).collect();
    let Some(first) = told.first() else { return before(reports) };
    told.iter().fold(*first, |met, next| met.meet(*next).unwrap_or(met))
}

fn before(reports: &[&Report]) -> Interval {
    use Status::{Alleged, Denied, Disputed, Happened};
    let past = reports.iter().any(|r| matches!(r.status, Happened | Alleged | Disputed | Denied));
    Interval { earliest: None, latest: reports.first().filter(|_| past).and_then(|r| r.published.latest) }
}

/// The place as exactly as any report tells it; of equally exact ones that of most reports.
fn place(reports: &[&Report]) -> Option<Spot> {
    let spots: Vec<&Spot> = reports.iter().filter_map(|r| r.place.as_ref()).collect();
    let same = |a: &Spot, b: &Spot| a.name == b.name && a.id == b.id;
    let rank = |s: &Spot| match s.precision {
        p if is_spot(p) => 0,
        Precision::District => 1,
        Precision::Region => 2,
        _ => 3,
    };
    let key = |s: &&&Spot| (rank(s), std::cmp::Reverse(spots.iter().filter(|o| same(o, s)).count()));
    spots.iter().min_by_key(key).map(|s| (*s).clone())
}

/// Who says a number: the first that tells the act in the report.
fn figure(report: &Report, low: Option<u64>, high: Option<u64>) -> Figure {
    let positive = |t: &&hearsay_types::incident::Teller| t.polarity == Polarity::Positive && !t.name.is_empty();
    let told = report.tellers.iter().filter(positive);
    let source = told.max_by_key(|t| t.claim.is_some()).map(|t| t.name.clone());
    Figure {
        event: report.id,
        low,
        high,
        source: source.or_else(|| report.publisher.clone()).unwrap_or_default(),
        publisher: report.publisher.clone(),
        published: published(report),
    }
}

/// Each kind of number with who tells which. A reprint says nothing of its own.
fn tallies(reports: &[&Report]) -> Vec<Tally> {
    let mut kinds: BTreeMap<NumberKind, Tally> = BTreeMap::new();
    let mut said = BTreeSet::new();
    for report in reports {
        for number in &report.numbers {
            let tally =
                kinds.entry(number.kind).or_insert(Tally { kind: number.kind, low: None, high: None, by: vec![] });
            if said.insert((report.story, number.kind, number.low, number.high)) {
                tally.by.push(figure(report, number.low, number.high));
            }
        }
    }
    for tally in kinds.values_mut() {
        tally.low = tally.by.iter().filter_map(|f| f.low.or(f.high)).min();
        tally.high = tally.by.iter().filter_map(|f| f.high.or(f.low)).max();
    }
    kinds.into_values().collect()
}

/// What later reports tell otherwise.
fn changes(reports: &[&Report]) -> Vec<Shift> {
    let mut last: BTreeMap<String, String> = BTreeMap::new();
    let mut shifts = Vec::new();
    for report in reports {
        for (what, now) in said(report) {
            if let Some(before) = last.insert(what.clone(), now.clone()).filter(|before| *before != now) {
                let (published, publisher) = (published(report), report.publisher.clone());
                shifts.push(Shift { event: report.id, published, publisher, what, before, now });
            }
        }
    }
    shifts
}

/// What a report says that may change.
fn said(report: &Report) -> Vec<(String, String)> {
    let word = |value: String| value.to_lowercase();
    let numbers = report.numbers.iter().map(|n| (word(format!("{:?}", n.kind)), written(n.low, n.high)));
    let mut said: Vec<(String, String)> = numbers.collect();
    // Who asserts and who denies stands with the tellers; what was to come and then happened is a change.
    if matches!(report.status, Status::Planned | Status::Threatened | Status::Happened) {
        said.push(("status".to_owned(), word(format!("{:?}", report.status))));
    }
    let known: BTreeSet<&str> =
        report.actors.iter().filter(|p| p.actor_id.is_some()).map(|p| p.name.as_str()).collect();
    if !known.is_empty() {
        said.push(("actors".to_owned(), known.into_iter().collect::<Vec<_>>().join(", ")));
    }
    said
}
