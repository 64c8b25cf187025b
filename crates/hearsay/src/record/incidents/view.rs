//! Reports made ready to be held against each other.

use crate::record::wholes_of;
use crate::record::words::{Bag, Lexicon, stem};
use hearsay_data::places::key;
use hearsay_data::words::closed;
use hearsay_types::incident::{Party, Report, Spot, Told};
use hearsay_types::{ActorId, ArticleId, Interval, Precision};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A report, with what comparing needs.
pub(super) struct View<'a> {
    pub(super) report: &'a Report,
    pub(super) actors: Side,
    pub(super) recipients: Side,
    /// The place of the act; else those that the sentence names.
    pub(super) spots: Vec<Place<'a>>,
    /// Whether the place is told of the act itself.
    pub(super) own_place: bool,
    /// The days it can have been, as told.
    pub(super) days: Option<(i32, i32)>,
    /// The days that the sentence names otherwise, if it names a few.
    pub(super) other_days: Vec<(i32, i32)>,
    /// Whether a day is told, or at most three on end.
    pub(super) exact: bool,
    /// The day by which it was published.
    pub(super) published: Option<i32>,
    pub(super) trigger: String,
    /// Whether "the", "this" or "that" stands before the trigger: an act told before.
    pub(super) recalled: bool,
    pub(super) bag: Bag,
    /// The names of the sentence, with their weight.
    pub(super) names: Vec<(u32, f32)>,
    /// The beginning of its article: an index of [`Views::leads`].
    pub(super) lead: usize,
}

/// Who took part on one side.
#[derive(Default)]
pub(super) struct Side {
    /// The actors, sorted.
    pub(super) ids: Vec<ActorId>,
    /// The actors and all that they are parts of, sorted.
    pub(super) wholes: Vec<ActorId>,
    /// The words of those that are no actor: "gunmen".
    pub(super) words: Vec<u32>,
}

/// A place with the key of its name.
pub(super) struct Place<'a> {
    pub(super) spot: &'a Spot,
    pub(super) key: String,
}

/// All reports, ready.
pub(super) struct Views<'a> {
    pub(super) all: Vec<View<'a>>,
    pub(super) leads: Vec<Bag>,
    pub(super) lexicon: Lexicon,
}

/// Days since 1970.
pub(in crate::record) fn day(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}

impl<'a> Views<'a> {
    pub(super) fn of(told: &'a Told) -> Self {
        let lexicon = counted(told);
        let at: FxHashMap<ArticleId, usize> = told.leads.keys().enumerate().map(|(n, id)| (*id, n)).collect();
        let mut leads: Vec<Bag> = told.leads.values().map(|lead| lexicon.bag(lead)).collect();
        // What has no beginning has an empty one.
        leads.push(Bag::default());
        let none = leads.len() - 1;
        let lead = |r: &Report| at.get(&r.article).copied().unwrap_or(none);
        let all = told.reports.iter().map(|r| View::of(r, lead(r), &lexicon, &told.wholes)).collect();
        Views { all, leads, lexicon }
    }

    pub(super) fn lead(&self, view: &View) -> &Bag {
        &self.leads[view.lead]
    }
}

/// Counts the words of all beginnings and of each sentence once.
fn counted(told: &Told) -> Lexicon {
    let mut lexicon = Lexicon::default();
    told.leads.values().for_each(|lead| lexicon.count(lead));
    let mut sentences: Vec<(ArticleId, &str)> = told.reports.iter().map(|r| (r.article, r.sentence.as_str())).collect();
    sentences.sort_unstable();
    sentences.dedup();
    sentences.iter().for_each(|(_, sentence)| lexicon.count(sentence));
    lexicon
}

impl<'a> View<'a> {
    fn of(report: &'a Report, lead: usize, lexicon: &Lexicon, wholes: &BTreeMap<ActorId, ActorId>) -> Self {
        let bag = lexicon.bag(&report.sentence);
        let names = bag.names.iter().map(|id| (*id, lexicon.weight(*id))).collect();
        let own = report.place.as_ref();
        let spots = own.map_or(report.around.as_slice(), std::slice::from_ref);
        let published = report.published.earliest.or(report.published.latest).map(day);
        let days = days(report, published);
        View {
            report,
            actors: Side::of(&report.actors, lexicon, wholes),
            recipients: Side::of(&report.recipients, lexicon, wholes),
            spots: spots.iter().map(|spot| Place { spot, key: key(&spot.name) }).collect(),
            own_place: own.is_some(),
            exact: days.is_some_and(|(from, to)| to - from < 3),
            days,
            other_days: report.times.iter().filter_map(|i| span(*i, published)).filter(|d| d.1 - d.0 < 8).collect(),
            published,
            trigger: report.trigger.split_whitespace().map(stem).collect::<Vec<_>>().join(" "),
            recalled: recalled(report),
            bag,
            names,
            lead,
        }
    }

    /// The day by which it is found again: of its time the last day before the publication, else that of the publication.
    pub(super) fn anchor(&self) -> Option<i32> {
        let last = self.days.map(|(from, to)| self.published.filter(|p| *p >= from).map_or(to, |p| to.min(p)));
        last.or(self.published)
    }

    /// Whether it is told as no more than possible or to come.
    pub(super) fn is_ahead(&self) -> bool {
        use hearsay_types::Status::{Hypothetical, Planned, Threatened};
        matches!(self.report.status, Hypothetical | Planned | Threatened)
    }
}

/// The days as told. An open side ends at the publication, or a year away.
fn days(report: &Report, published: Option<i32>) -> Option<(i32, i32)> {
    span(report.time?.0, published)
}

fn span(interval: Interval, published: Option<i32>) -> Option<(i32, i32)> {
    let (from, to) = (interval.earliest.map(day), interval.latest.map(day));
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some((from, published.filter(|p| *p >= from).unwrap_or(from + 366))),
        (None, Some(to)) => Some((to - 366, to)),
        (Some(from), Some(to)) => Some((from, to)),
    }
}

/// "the attack", "that shelling", "Thursday's shelling".
fn recalled(report: &Report) -> bool {
    let Some(at) = report.sentence.find(&report.trigger) else { return false };
    let before = report.sentence[..at].split_whitespace().next_back().unwrap_or_default().to_lowercase();
    matches!(before.as_str(), "the" | "this" | "that" | "these" | "those")
        || before.ends_with("'s")
        || before.ends_with("’s")
}

impl Side {
    fn of(parties: &[Party], lexicon: &Lexicon, wholes: &BTreeMap<ActorId, ActorId>) -> Self {
        let mut side = Side::default();
        for party in parties {
            match party.actor_id {
                Some(id) => {
                    side.ids.push(id);
                    side.wholes.extend(wholes_of(id, wholes));
                }
                None => {
                    let open = crate::record::words::words(&party.name)
                        .into_iter()
                        .filter(|w| closed(&w.form.to_lowercase()).is_none());
                    side.words.extend(open.filter_map(|w| lexicon.id(w.form)));
                }
            }
        }
        for list in [&mut side.ids, &mut side.wholes] {
            list.sort_unstable();
            list.dedup();
        }
        side.words.sort_unstable();
        side.words.dedup();
        side
    }
}

/// How exactly a place is told: does it name a spot, or an area around many?
pub(super) fn is_spot(precision: Precision) -> bool {
    matches!(precision, Precision::Point | Precision::Settlement)
}
