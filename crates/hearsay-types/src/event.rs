//! An event: one reported act.

use crate::{ActorId, ClaimId, EventId, Interval, Precision, Span};
use serde::{Deserialize, Serialize};

/// How an act stands, all tellers together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum Status {
    Happened,
    Denied,
    Disputed,
    Alleged,
    Planned,
    Threatened,
    Hypothetical,
    Background,
    Unclear,
}

/// How sure a teller is (FactBank): certain, probable, possible, or not committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // The names are FactBank's own.
pub enum Certainty {
    CT,
    PR,
    PS,
    U,
}

/// Which way a teller tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Polarity {
    /// It is so.
    #[serde(rename = "+")]
    Positive,
    /// It is not so.
    #[serde(rename = "-")]
    Negative,
    /// Not told.
    #[serde(rename = "u")]
    Underspecified,
}

/// Who tells an act, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Teller {
    /// The claim that tells it; none for the article's author.
    pub claim: Option<ClaimId>,
    /// How sure.
    pub certainty: Certainty,
    /// Which way.
    pub polarity: Polarity,
}

/// Who does it, or whom it is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Where it is written.
    pub span: Span,
    /// The actor it resolves to.
    pub actor_id: Option<ActorId>,
    /// The actor's name, or what is written.
    pub name: String,
    /// ISO 3166-1 alpha-3 code of its country.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
}

/// Where it happened, as told.
#[derive(Debug, Clone, PartialEq)]
pub struct Where {
    /// Where it is written.
    pub span: Span,
    /// The place's id in the gazetteer.
    pub place_id: Option<String>,
    /// The place's name.
    pub name: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How exactly it is told.
    pub precision: Precision,
}

/// When it happened, as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// Where it is written; none where the tense or the article alone tells.
    pub span: Option<Span>,
    /// The days it can be.
    pub interval: Interval,
    /// How exactly it is told.
    pub precision: Precision,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum NumberKind {
    Killed,
    Wounded,
    Displaced,
    Arrested,
    Abducted,
    Missing,
    Released,
}

/// A number that the clause tells: "at least eight killed" is a low bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it counts.
    pub kind: NumberKind,
    /// Where it is written.
    pub span: Span,
    /// The least it can be.
    pub low: Option<u64>,
    /// The most it can be.
    pub high: Option<u64>,
}

/// One reported act. All spans point into [`crate::Article::text`]; every part comes from the clause that tells the act.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Hash of the article, the trigger and the type.
    pub id: EventId,
    /// The sentence of its trigger, an index of [`crate::Parsed::sentences`].
    pub sentence: usize,
    /// The claim that tells it; none where the author does.
    pub claim: Option<ClaimId>,
    /// The word that names the act.
    pub trigger: Span,
    /// PLOVER 0.8 type, as in `ASSAULT`.
    pub kind: &'static str,
    /// PLOVER 0.8 mode, as in `aerial`.
    pub mode: Option<&'static str>,
    /// PLOVER 0.8 contexts, as in `military`.
    pub context: Vec<&'static str>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// Whom it is done to.
    pub recipients: Vec<Participant>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub time: Option<When>,
    /// How many.
    pub numbers: Vec<Number>,
    /// How it stands.
    pub status: Status,
    /// Who tells it; the author is always among them.
    pub tellers: Vec<Teller>,
    /// Each chain that tells it: publisher, relays, ultimate source.
    pub according_to: Vec<Vec<String>>,
    /// Why the row is there, in plain words.
    pub why: Vec<String>,
}
