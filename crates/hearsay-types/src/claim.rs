//! A claim: one act of attribution.

use crate::entities::ActorKind;
use crate::{ActorId, ClaimId, Span};
use serde::{Deserialize, Serialize};

/// What kind of thing a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum SourceKind {
    Person,
    Office,
    Organisation,
    ArmedGroup,
    Government,
    Media,
    Document,
    Witnesses,
    Public,
    Unknown,
}

impl From<ActorKind> for SourceKind {
    /// What kind of source an actor is.
    fn from(kind: ActorKind) -> SourceKind {
        match kind {
            ActorKind::Government | ActorKind::StateBody => SourceKind::Government,
            ActorKind::Organisation | ActorKind::International => SourceKind::Organisation,
            ActorKind::ArmedGroup => SourceKind::ArmedGroup,
            ActorKind::Media => SourceKind::Media,
            ActorKind::Office => SourceKind::Office,
            ActorKind::Person => SourceKind::Person,
        }
    }
}

/// How a source is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// By name: "Osama Hamdan".
    Named,
    /// By what it is: "a Western diplomat".
    Described,
    /// Not at all: "sources".
    Bare,
    /// As a many: "analysts", "residents".
    Collective,
    /// As a news outlet: "Israeli media".
    Outlet,
    /// There is no source: "was reported to have fled".
    None,
}

/// How a source stands to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Belongs to it: "Hamas sources".
    Of,
    /// Is near it: "sources close to Hamas".
    CloseTo,
    /// Speaks for it: "a spokesman for the army".
    OnBehalfOf,
}

/// What the source has to do with an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// To whom, as it is written.
    pub actor: String,
    /// To whom, if it is an actor of the record.
    pub actor_id: Option<ActorId>,
}

/// Who is said to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is written; empty where there is none.
    pub spans: Vec<Span>,
    /// Its head word.
    pub head: Option<String>,
    /// The actor it resolves to.
    pub actor_id: Option<ActorId>,
    /// The fullest name or description that the article gives.
    pub name: Option<String>,
    /// What kind of thing it is.
    pub kind: SourceKind,
    /// How it is named.
    pub naming: Naming,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// Its role as written: "Russian presidential envoy to Syria".
    pub role_text: Option<String>,
    /// What it has to do with an actor.
    pub relation: Option<Relation>,
}

/// What kind of act the cue names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum CueClass {
    Say,
    Write,
    Believe,
    Perceive,
    Intend,
    Decree,
    Show,
}

/// The words that make it an attribution, with their negation and modals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Where they stand.
    pub spans: Vec<Span>,
    /// Dictionary form of the main word.
    pub lemma: String,
    /// What kind of act it is.
    pub class: CueClass,
    /// Whether the cue is negated: "did not say".
    pub negated: bool,
}

/// How the content is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quote {
    /// All in quotation marks.
    Direct,
    /// Partly.
    Mixed,
    /// In the teller's words.
    Indirect,
    /// Only what it is about: "spoke about the truce".
    Topic,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where it stands.
    pub spans: Vec<Span>,
    /// How it is told.
    pub quote: Quote,
}

/// Where the source stands to the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum Stance {
    Asserts,
    Confirms,
    Denies,
    Doubts,
    Speculates,
    Accuses,
    Threatens,
    Promises,
    Demands,
    Asks,
    Declines,
    Relays,
}

/// Through what it was said: "in a statement", "on Facebook", "told Reuters".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// Where it is written.
    pub span: Span,
}

/// One act of attribution: source, cue, content, stance. All spans point into [`crate::Article::text`].
///
/// Claims nest. The publisher is the root of every chain and stands in no claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Hash of the article and the spans.
    pub id: ClaimId,
    /// The sentence of its cue, an index of [`crate::Parsed::sentences`].
    pub sentence: usize,
    /// The claim whose content it stands in.
    pub parent: Option<ClaimId>,
    /// Who.
    pub source: Source,
    /// By what words.
    pub cue: Cue,
    /// What.
    pub content: Content,
    /// How the source stands to it.
    pub stance: Stance,
    /// To whom it was said.
    pub addressee: Option<Span>,
    /// Through what.
    pub medium: Option<Medium>,
    /// Why the row is there: the rule or head that decided each part, in plain words.
    pub why: Vec<String>,
}
