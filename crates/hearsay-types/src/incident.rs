//! Linking: what it takes of events and claims, and what several reports tell together.

use crate::{
    ActorId, ArticleId, Certainty, ClaimId, EventId, Id, Interval, NumberKind, Polarity, Precision, Stance, Status,
    StoryId,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The id of an incident: a hash of the smallest id of its events.
pub type IncidentId = Id<Incident>;
/// The id of a dispute: a hash of the incident, or of the claim that asserts what is disputed.
pub type DisputeId = Id<Dispute>;

/// Who does it or whom it is done to, as linking needs it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// The actor it resolves to.
    pub actor_id: Option<ActorId>,
    /// The actor's name, or what is written.
    pub name: String,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
}

/// Where it happened, as linking needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The place's id in the gazetteer.
    pub id: Option<String>,
    /// The place's name.
    pub name: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: Option<String>,
    /// How exactly it is told.
    pub precision: Precision,
}

/// A number as told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// What it counts.
    pub kind: NumberKind,
    /// The least it can be.
    pub low: Option<u64>,
    /// The most it can be.
    pub high: Option<u64>,
}

/// Who tells an act in one report, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// The claim that tells it; none for the article's author.
    pub claim: Option<ClaimId>,
    /// The source's name, or its description; the publisher's name for the author. Empty where there is none.
    pub name: String,
    /// The actor that the source is.
    pub actor_id: Option<ActorId>,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// How sure.
    pub certainty: Certainty,
    /// Which way.
    pub polarity: Polarity,
}

/// One event as linking needs it: a light row.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The event.
    pub id: EventId,
    /// The article that tells it.
    pub article: ArticleId,
    /// The article's story: reprints share it.
    pub story: StoryId,
    /// Who published the article.
    pub publisher: Option<String>,
    /// When the article was published.
    pub published: Interval,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Who does it.
    pub actors: Vec<Party>,
    /// Whom it is done to.
    pub recipients: Vec<Party>,
    /// Where, as told of the act.
    pub place: Option<Spot>,
    /// The places that its sentence names.
    pub around: Vec<Spot>,
    /// When, and how exactly that is told.
    pub time: Option<(Interval, Precision)>,
    /// The times that its sentence names.
    pub times: Vec<Interval>,
    /// How many.
    pub numbers: Vec<Count>,
    /// How it stands.
    pub status: Status,
    /// Who tells it.
    pub tellers: Vec<Teller>,
    /// Where in the article the trigger stands, in bytes.
    pub at: usize,
    /// The word that names the act.
    pub trigger: String,
    /// The sentence of the trigger.
    pub sentence: String,
}

/// One claim as linking needs it: a light row.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The claim.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// The article's story.
    pub story: StoryId,
    /// Who published the article.
    pub publisher: Option<String>,
    /// When the article was published.
    pub published: Interval,
    /// The source's name, or its description; empty where there is none.
    pub source: String,
    /// The actor that the source is.
    pub source_actor: Option<ActorId>,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// How the source stands to the content.
    pub stance: Stance,
    /// Whether the cue is negated.
    pub negated: bool,
    /// The words of the content.
    pub content: String,
    /// Where in the article the content begins, in bytes.
    pub at: usize,
    /// The actors that the content names.
    pub actors: Vec<ActorId>,
}

/// All that linking looks at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// The events.
    pub reports: Vec<Report>,
    /// The claims.
    pub claims: Vec<Said>,
    /// How each article begins: its title and first words.
    pub leads: BTreeMap<ArticleId, String>,
    /// What each actor is a part of.
    pub wholes: BTreeMap<ActorId, ActorId>,
    /// What a person says belongs together, and what does not.
    pub corrected: Corrected,
}

/// What a person says about incidents; linking obeys. Where the two exclude each other, `apart` counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corrected {
    /// Pairs of events that are one incident.
    pub together: Vec<(EventId, EventId)>,
    /// Pairs of events that are not.
    pub apart: Vec<(EventId, EventId)>,
}

/// One who did it or to whom it was done, by all reports of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The actor.
    pub actor_id: Option<ActorId>,
    /// The name that most reports give.
    pub name: String,
    /// How many of the reports name it.
    pub reports: usize,
}

/// A teller of an incident, with where it tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The source's name or description; the publisher's for an author. Empty where there is none.
    pub name: String,
    /// The actor that it is.
    pub actor_id: Option<ActorId>,
    /// Whether it is a publisher that says so in its own words.
    pub author: bool,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// The claims, by id; none where the author says so.
    pub claims: Vec<ClaimId>,
    /// The events that they tell, by id.
    pub events: Vec<EventId>,
    /// The publishers that print it.
    pub publishers: Vec<String>,
}

/// What one report says of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The event.
    pub event: EventId,
    /// The least it can be, as told there.
    pub low: Option<u64>,
    /// The most it can be, as told there.
    pub high: Option<u64>,
    /// Who says so: the source, or the publisher where the author does.
    pub source: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day by which it was published.
    pub published: Option<Date>,
}

/// A number of an incident, kept per source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// What it counts.
    pub kind: NumberKind,
    /// The smallest that anybody tells.
    pub low: Option<u64>,
    /// The largest that anybody tells.
    pub high: Option<u64>,
    /// Who tells which, first report first.
    pub by: Vec<Figure>,
}

/// What a later report tells otherwise than an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The later report.
    pub event: EventId,
    /// The day by which it was published.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What changed: `killed`, `wounded`, ..., `status`, `actors`, `place`.
    pub what: String,
    /// What was told before.
    pub before: String,
    /// What is told now.
    pub now: String,
}

/// An event of an incident, and why it belongs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The event.
    pub event: EventId,
    /// In plain words.
    pub why: String,
}

/// What several reports tell of: one act.
///
/// Serves also as the marker type of incident ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// A hash of the smallest id of its events.
    pub id: IncidentId,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// How it stands, all reports together.
    pub status: Status,
    /// Who did it: most reports first.
    pub actors: Vec<Member>,
    /// To whom: most reports first.
    pub recipients: Vec<Member>,
    /// The days it can have been.
    pub interval: Interval,
    /// Where, as exactly as any report tells.
    pub place: Option<Spot>,
    /// Its events in the order of their publication, each with why it belongs there.
    pub events: Vec<Joined>,
    /// Who says that it was.
    pub tellers_for: Vec<Voice>,
    /// Who says that it was not.
    pub tellers_against: Vec<Voice>,
    /// Who repeats it without taking a side.
    pub relays: Vec<Voice>,
    /// The stories that tell it.
    pub stories: Vec<StoryId>,
    /// Publishers that tell it on their own: of each story the one that had it first.
    pub publishers: Vec<String>,
    /// The day by which it was first reported.
    pub first_reported: Option<Date>,
    /// How many, per source.
    pub numbers: Vec<Tally>,
    /// What changed between reports.
    pub changes: Vec<Shift>,
}

/// A claim on one side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The claim; none where the article's author says so.
    pub claim: Option<ClaimId>,
    /// The event it tells, if it tells one.
    pub event: Option<EventId>,
    /// The article.
    pub article: ArticleId,
    /// The source's name or description; the publisher's for an author. Empty where there is none.
    pub name: String,
    /// The actor that it is.
    pub actor_id: Option<ActorId>,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day by which it was published.
    pub published: Option<Date>,
}

/// One proposition that some assert and others deny.
///
/// Serves also as the marker type of dispute ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// See [`DisputeId`].
    pub id: DisputeId,
    /// The incident that it is about, if coding gave events.
    pub incident: Option<IncidentId>,
    /// What it is about, in words of those who assert it.
    pub proposition: String,
    /// The actors that both sides speak of.
    pub actors: Vec<ActorId>,
    /// Who asserts it.
    pub tellers_for: Vec<Side>,
    /// Who denies it.
    pub tellers_against: Vec<Side>,
    /// The day by which both sides had been told.
    pub first_disputed: Option<Date>,
    /// Why the two sides speak of one thing.
    pub why: String,
}

/// What passed between two actors in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The actor with the smaller id.
    pub a: ActorId,
    /// The other one.
    pub b: ActorId,
    /// `2012-02`; `2012` where only the year is told; none where nothing is.
    pub month: Option<String>,
    /// How many acts of each of PLOVER's four kinds: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u32; 4],
    /// Of all these acts, how many `a` did to `b`.
    pub from_a: u32,
    /// How many `b` did to `a`.
    pub from_b: u32,
    /// The mean of the acts' places on the scale from -10 (hostile) to 10 (cooperative).
    pub scale: f64,
    /// The incidents, by id.
    pub incidents: Vec<IncidentId>,
    /// Why this month is a turning point, if it is one.
    pub turn: Option<String>,
}

/// All that linking finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Linked {
    /// Every event stands in one of them. By id.
    pub incidents: Vec<Incident>,
    /// By id.
    pub disputes: Vec<Dispute>,
    /// By actors and month.
    pub relations: Vec<Relation>,
}

/// A number with its bounds as a reader writes it.
pub fn written(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("at least {a}"),
        (None, Some(b)) => format!("at most {b}"),
        (None, None) => "some".to_owned(),
    }
}
