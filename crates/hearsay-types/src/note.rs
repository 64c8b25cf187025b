//! What a stage has to say about a text that it could not treat as usual.

use crate::Span;
use serde::{Deserialize, Serialize};

/// The seven stages of the path, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bytes to a page.
    Read,
    /// A page to its articles.
    Extract,
    /// An article to sentences and tokens.
    Parse,
    /// Actors, times and places.
    Resolve,
    /// Claims.
    Attribute,
    /// Events.
    Code,
    /// What is joined with the record.
    Link,
}

/// A remark on a text. Text never fails a stage: the stage returns its value and its notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Who remarks.
    pub stage: Stage,
    /// A short stable name for the kind of remark, in kebab case, as in `depth-capped`.
    pub code: &'static str,
    /// One plain sentence.
    pub message: String,
    /// Where in the article's text, if it is about a place in it.
    pub span: Option<Span>,
}

impl Note {
    /// A remark about a whole page or article.
    pub fn new(stage: Stage, code: &'static str, message: impl Into<String>) -> Self {
        Note { stage, code, message: message.into(), span: None }
    }
}

/// A page that could not be read. The run goes on; the page is named and counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `FILE`, or `FILE#n` for the n-th record of a container.
    pub path: String,
    /// A short stable name for the reason, in kebab case, as in `empty-file`.
    pub code: &'static str,
    /// One plain sentence that says what is wrong with it.
    pub message: String,
}
