//! The verbs of hearsay: seven doors, each entered once.
//!
//! ```text
//! bytes -> read -> Page -> extract -> [Article] -> parse -> Parsed -> resolve -> Entities
//!       -> attribute -> Claims -> code -> Events -> link -> Changes
//! ```
//!
//! Each stage is a room of this crate and a pure function of what was made before. A page is coded alone, so pages run
//! in parallel; only `link` looks back, read-only, through [`hearsay_types::Known`]. No room imports another room: what
//! one needs of another comes to it as a noun of `hearsay-types`. A test of the workspace keeps that.
#![forbid(unsafe_code)]

pub mod articles;
pub mod claims;
pub mod entities;
pub mod events;
pub mod language;
pub mod pages;
pub mod record;
mod shallow;

pub use hearsay_engine::{Isa, Tier};

use hearsay_data::own::{self, BadRow};
use hearsay_types::{Article, ClaimId, Coded, Note, Page, ReadAs};
use std::path::{Path, PathBuf};

/// The version of the path. A page that was coded by another version is coded again.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a user can choose about the path.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How pages are taken.
    pub read_as: ReadAs,
    /// How deep the language engine reads; none for rules alone.
    pub engine: Option<Tier>,
    /// The engine's weights file; none for the weights that ship.
    pub engine_weights: Option<PathBuf>,
    /// The user's table of actors, as [`hearsay_data::own::actors`] reads it.
    pub actors: Option<PathBuf>,
    /// The user's gazetteer, as [`hearsay_data::own::geonames`] reads it.
    pub gazetteer: Option<PathBuf>,
}

/// Why the path cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The language engine's weights are absent or cannot be used.
    #[error(transparent)]
    Engine(#[from] language::engine::LoadError),
    /// A file of the user cannot be read.
    #[error("{path}: {source}")]
    Unread {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A row of a file of the user cannot be used.
    #[error("{path}, {row}")]
    Row {
        /// The file.
        path: String,
        /// The row, and what is wrong with it.
        row: BadRow,
    },
}

/// The path with all that it needs loaded: cheap to share between threads, made once.
pub struct Hearsay {
    options: Options,
    language: language::Language,
    knowledge: entities::Knowledge,
}

/// What a page gave.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Its articles, coded, in page order.
    pub coded: Vec<Coded>,
    /// What was remarked about the page itself.
    pub notes: Vec<Note>,
}

impl Hearsay {
    /// Loads what ships, and what the options name.
    ///
    /// # Errors
    /// If the options ask for the language engine and its weights are absent or cannot be used, or if a file that they name
    /// cannot be read or has a row that cannot be used.
    pub fn new(options: Options) -> Result<Self, OpenError> {
        let language = match options.engine {
            None => language::Language::shipped(),
            Some(tier) => {
                language::Language::with(language::engine::Parser::open(options.engine_weights.as_deref(), tier)?)
            }
        };
        let own = options.actors.as_deref().map(|p| brought(p, own::actors)).transpose()?;
        let gazetteer = options.gazetteer.as_deref().map(|p| brought(p, own::geonames)).transpose()?;
        let knowledge = entities::Knowledge::with(&own.unwrap_or_default(), gazetteer);
        Ok(Hearsay { options, language, knowledge })
    }

    /// Takes a page through the path, up to the door of the record.
    pub fn run(&self, page: &Page) -> Outcome {
        let (articles, remarks) = articles::extract(page, self.options.read_as);
        let notes = page.notes.iter().cloned().chain(remarks).collect();
        Outcome { coded: articles.into_iter().map(|a| self.code(a)).collect(), notes }
    }

    /// Takes one article through the path.
    pub fn code(&self, article: Article) -> Coded {
        let (parsed, mut notes) = language::parse(&article, &self.language);
        let entities = entities::resolve(&article, &parsed, &self.knowledge);
        let engine = self.language.engine().map(language::engine::Parser::engine);
        let claims = claims::attribute(&article, &parsed, &entities, engine);
        let events = events::code(&article, &parsed, &entities, &claims, engine);
        notes.sort_by_key(|n| n.stage);
        Coded { article, parsed, entities, claims, events, notes }
    }

    /// The marks that the stance of each claim of an article is weighed by, with their values: what the weights of the stances
    /// are fitted on.
    pub fn stance_marks(&self, coded: &Coded) -> Vec<(ClaimId, Vec<(String, f32)>)> {
        let engine = self.language.engine().map(language::engine::Parser::engine);
        claims::stance_marks(&coded.article, &coded.parsed, &coded.entities, engine)
    }

    /// The marks that each act of an article is weighed by, those found too light among them: the word that names it, its type, and
    /// the marks with their values. What the weights of acts are fitted on.
    pub fn act_marks(&self, coded: &Coded) -> Vec<events::Weighed> {
        let engine = self.language.engine().map(language::engine::Parser::engine);
        events::marks(&coded.article, &coded.parsed, engine)
    }
}

/// Reads a table that a user brings.
fn brought<T>(path: &Path, read: impl Fn(&str) -> Result<T, BadRow>) -> Result<T, OpenError> {
    let name = || path.display().to_string();
    let table = std::fs::read_to_string(path).map_err(|source| OpenError::Unread { path: name(), source })?;
    read(&table).map_err(|row| OpenError::Row { path: name(), row })
}
