//! The nouns of hearsay.
//!
//! A page is read, its articles are extracted, each article is parsed, its entities are resolved, its claims are
//! attributed, its events are coded, and what was found is linked to what the record holds. Each of those stages
//! takes the nouns of the stages before it and gives one new noun. This crate holds the nouns and no verb.
//!
//! The words are those of `docs/glossary.md`. Spans are half-open **byte** offsets into one text that never moves.
#![forbid(unsafe_code)]

mod article;
mod changes;
mod claim;
pub mod correction;
mod entities;
mod event;
mod id;
pub mod incident;
mod interval;
mod name;
mod note;
mod page;
mod parsed;
pub mod plover;
mod span;

pub use article::{Article, ArticleText, Caption, Dateline, Origin, Passage, PublishedBasis, Role};
pub use changes::{CROWD, Changes, Known, Reprint, Signature, StoryChange};
pub use claim::{
    Claim, Content, Cue, CueClass, Medium, Naming, Quote, Relation, RelationKind, Source, SourceKind, Stance,
};
pub use correction::{Correction, CorrectionId};
pub use entities::{Actor, ActorKind, Basis, Entities, Mention, MentionKind, PlaceRef, Precision, Timex};
pub use event::{Certainty, Event, Number, NumberKind, Participant, Polarity, Status, Teller, When, Where};
pub use id::{ActorId, ArticleId, ClaimId, EventId, Id, MentionId, PageId, SentenceId, StoryId};
pub use incident::{Dispute, DisputeId, Incident, IncidentId, Linked, Report, Told};
pub use interval::Interval;
pub use name::named;
pub use note::{Failure, Note, Stage};
pub use page::{Content as PageContent, Declared, MediaType, Page, ReadAs};
pub use parsed::{NamedKind, NamedMention, Parsed, Sentence, Token, Upos, Vectors};
pub use span::Span;

/// All that was found in one article: the value each stage gave, in the order of the path.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The story as it stood on its page.
    pub article: Article,
    /// Its sentences, tokens and named mentions.
    pub parsed: Parsed,
    /// Its actors, places and times.
    pub entities: Entities,
    /// Who says what in it.
    pub claims: Vec<Claim>,
    /// What is told in it.
    pub events: Vec<Event>,
    /// What the stages had to say about the text.
    pub notes: Vec<Note>,
}
