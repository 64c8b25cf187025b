//! Corrections: what a person changes in the record, kept apart from what was coded and replayed on every rebuild.

use crate::{ActorId, ArticleId, Id, Interval, PageId, PlaceRef, Precision, SourceKind, Status};
use serde::{Deserialize, Serialize};

/// The id of a correction: a hash of all that it says.
pub type CorrectionId = Id<Correction>;

/// Words of an article's body, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// An event or a claim. Beside its id stands enough to find it again where another version gives it another id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Its id.
    pub id: String,
    /// The page of its article.
    pub page: PageId,
    /// Its article.
    pub article: ArticleId,
    /// Its sentence; none where it stands in none.
    pub sentence: Option<Stretch>,
    /// An event's trigger, or the first words of a claim's cue; a claim without a cue is pinned by its content.
    pub words: Stretch,
    /// An event's type, or a claim's stance, as it was coded.
    pub kind: String,
    /// The ids of the other rows of its table in its sentence: what is found in its stead is none of them.
    pub beside: Vec<String>,
}

/// An actor, by its id and by the name that it has in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
}

/// A place where an actor is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelt {
    /// The article.
    pub article: ArticleId,
    /// The words that name it.
    pub words: Stretch,
}

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", content = "value", rename_all = "kebab-case")]
pub enum Act {
    /// Two actors are one; everything goes to `into`.
    MergeActors {
        /// The one that goes.
        actor: Named,
        /// The one that stays.
        into: Named,
    },
    /// Some of what was read as one actor is another.
    SplitActor {
        /// The actor that was read.
        actor: Named,
        /// In these articles it is the other, throughout.
        articles: Vec<ArticleId>,
        /// Where it is named like this it is the other.
        mentions: Vec<Spelt>,
        /// The other.
        into: Named,
        /// Whether the other is made by this correction.
        made: bool,
    },
    /// These events are one incident.
    MergeIncidents {
        /// The events.
        events: Vec<Pin>,
    },
    /// These events are not one incident.
    SplitIncident {
        /// The events that leave, and are one incident themselves.
        leave: Vec<Pin>,
        /// The events that stay.
        stay: Vec<Pin>,
    },
    /// It is no event.
    RejectEvent {
        /// The event.
        event: Pin,
    },
    /// It is no claim.
    RejectClaim {
        /// The claim.
        claim: Pin,
    },
    /// It is an act of another type.
    #[serde(rename = "re-type")]
    Retype {
        /// The event.
        event: Pin,
        /// PLOVER type.
        kind: String,
        /// PLOVER mode.
        mode: Option<String>,
    },
    /// It was at another time.
    #[serde(rename = "re-date")]
    Redate {
        /// The event.
        event: Pin,
        /// The days it can have been.
        interval: Interval,
        /// How exactly that is told; unknown where the page does not tell a time.
        precision: Precision,
    },
    /// It was at another place.
    #[serde(rename = "re-place")]
    Replace {
        /// The event.
        event: Pin,
        /// The place; none where the page does not tell one.
        place: Option<PlaceRef>,
    },
    /// It stands otherwise.
    SetStatus {
        /// The event.
        event: Pin,
        /// How it stands.
        status: Status,
    },
    /// Somebody else says it.
    FixSource {
        /// The claim.
        claim: Pin,
        /// The actor that says it, if it is one.
        actor: Option<ActorId>,
        /// The name or description of who says it.
        name: String,
        /// What kind of thing that is; none leaves it as it was coded.
        kind: Option<SourceKind>,
        /// Whether a reader cannot know who it is.
        anonymous: bool,
    },
    /// Takes a correction back.
    Undo {
        /// The correction.
        correction: CorrectionId,
    },
}

impl Act {
    /// The correction that it takes back.
    pub fn undoes(&self) -> Option<CorrectionId> {
        match self {
            Act::Undo { correction } => Some(*correction),
            _ => None,
        }
    }

    /// The id of the row it is about. Incidents are made anew from their events: the first event stands for them.
    pub fn target(&self) -> String {
        match self {
            Act::MergeActors { actor, .. } | Act::SplitActor { actor, .. } => actor.id.to_string(),
            Act::MergeIncidents { events } => events.first().map(|e| e.id.clone()).unwrap_or_default(),
            Act::SplitIncident { leave, .. } => leave.first().map(|e| e.id.clone()).unwrap_or_default(),
            Act::RejectEvent { event }
            | Act::Retype { event, .. }
            | Act::Redate { event, .. }
            | Act::Replace { event, .. }
            | Act::SetStatus { event, .. } => event.id.clone(),
            Act::RejectClaim { claim } | Act::FixSource { claim, .. } => claim.id.clone(),
            Act::Undo { correction } => correction.to_string(),
        }
    }
}

impl Act {
    /// What it says, as a plain sentence without a full stop.
    pub fn told(&self) -> String {
        let words = |pin: &Pin| format!("“{}”", pin.words.text);
        match self {
            Act::MergeActors { actor, into } => format!("{} is {}", actor.name, into.name),
            Act::SplitActor { actor, articles, mentions, into, .. } => {
                let places = [counted(articles.len(), "article"), counted(mentions.len(), "mention")];
                let places: Vec<String> = places.into_iter().flatten().collect();
                format!("{} is {} in {}", actor.name, into.name, places.join(" and "))
            }
            Act::MergeIncidents { events } => format!("{} events are one incident", events.len()),
            Act::SplitIncident { leave, stay } => {
                let leave: Vec<String> = leave.iter().map(words).collect();
                let stay: Vec<String> = stay.iter().map(words).collect();
                format!("{} is another incident than {}", leave.join(", "), stay.join(", "))
            }
            Act::RejectEvent { event } => format!("{} is no event", words(event)),
            Act::RejectClaim { claim } => format!("{} is no claim", words(claim)),
            Act::Retype { event, kind, mode } => match mode {
                Some(mode) => format!("{} is {kind}, {mode}", words(event)),
                None => format!("{} is {kind}", words(event)),
            },
            Act::Redate { event, interval, .. } => format!("{} was {}", words(event), days(*interval)),
            Act::Replace { event, place: Some(place) } => format!("{} was at {}", words(event), place.name),
            Act::Replace { event, place: None } => format!("{} was at no place that the page tells", words(event)),
            Act::SetStatus { event, status } => {
                format!("{} is {}", words(event), format!("{status:?}").to_lowercase())
            }
            Act::FixSource { claim, name, anonymous, .. } => {
                let unnamed = if *anonymous { ", who is not named" } else { "" };
                format!("{} is by {name}{unnamed}", words(claim))
            }
            Act::Undo { correction } => format!("takes back {correction}"),
        }
    }
}

fn counted(n: usize, what: &str) -> Option<String> {
    (n > 0).then(|| format!("{n} {what}{}", if n == 1 { "" } else { "s" }))
}

fn days(interval: Interval) -> String {
    match (interval.earliest, interval.latest) {
        (Some(a), Some(b)) if a == b => format!("on {a}"),
        (Some(a), Some(b)) => format!("between {a} and {b}"),
        (Some(a), None) => format!("on {a} or later"),
        (None, Some(b)) => format!("on {b} or earlier"),
        (None, None) => "at no time that the page tells".to_owned(),
    }
}

/// A line of the log of corrections.
///
/// Serves also as the marker type of correction ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// See [`CorrectionId`].
    pub id: CorrectionId,
    /// What it does.
    #[serde(flatten)]
    pub act: Act,
    /// Who made it.
    pub who: String,
    /// When, UTC (RFC 3339, microseconds): later corrections have the last word.
    pub at: String,
    /// The reason given.
    pub why: String,
}

/// What a person asks for. Rows are named by their ids, or by the first characters of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Wish {
    /// Two actors are one.
    MergeActors {
        /// The one that goes.
        actor: String,
        /// The one that stays.
        into: String,
    },
    /// Some of what was read as one actor is another.
    SplitActor {
        /// The actor that was read.
        actor: String,
        /// In these articles it is the other.
        articles: Vec<String>,
        /// Where these mentions stand it is the other.
        mentions: Vec<String>,
        /// Who the other is.
        into: Other,
    },
    /// These incidents are one.
    MergeIncidents {
        /// Two or more.
        incidents: Vec<String>,
    },
    /// These events of an incident are another incident.
    SplitIncident {
        /// The incident.
        incident: String,
        /// The events that leave it.
        events: Vec<String>,
    },
    /// It is no event, or no claim.
    Reject {
        /// The event or the claim.
        row: String,
    },
    /// It is an act of another type.
    #[serde(rename = "re-type")]
    Retype {
        /// The event.
        event: String,
        /// PLOVER type, in any case.
        kind: String,
        /// PLOVER mode.
        mode: Option<String>,
    },
    /// It was at another time.
    #[serde(rename = "re-date")]
    Redate {
        /// The event.
        event: String,
        /// `2012`, `2012-02`, `2012-02-14`, two of them with `..` between, one of them with `..` before or behind, or `none`.
        days: String,
    },
    /// It was at another place.
    #[serde(rename = "re-place")]
    Replace {
        /// The event.
        event: String,
        /// The id or the name of a place that some article of the record names, or `none`.
        place: String,
    },
    /// It stands otherwise.
    SetStatus {
        /// The event.
        event: String,
        /// One of the statuses.
        status: String,
    },
    /// Somebody else says it.
    FixSource {
        /// The claim.
        claim: String,
        /// Who says it.
        source: Other,
        /// Whether a reader cannot know who it is. An actor is never anonymous.
        anonymous: bool,
    },
    /// Takes a correction back.
    Undo {
        /// The correction.
        correction: String,
    },
}

/// An actor of the record, or somebody whom only a name tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Other {
    /// The actor with this id.
    Actor(String),
    /// One of this name.
    Name(String),
}
