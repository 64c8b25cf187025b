//! What linking an article to the record changes, and what it may ask of the record.

use crate::{ArticleId, StoryId};

/// What is kept of an article so that reprints of it can be found without reading it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whose it is.
    pub article: ArticleId,
    /// One hash a sentence, of its folded words, in reading order.
    pub sentences: Vec<u64>,
    /// Keys of its locality-sensitive hash bands: two articles that share one may be one text.
    pub bands: Vec<u64>,
    /// One hash a run of four words, in reading order: enough to find what stands, in order, in another text.
    pub sketch: Vec<u32>,
}

/// Two articles that are one text, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Reprint {
    /// The shorter one, or of equally long ones that with the greater id: the pair is the same whichever came first.
    pub article: ArticleId,
    /// The other one.
    pub other: ArticleId,
    /// The share of the shorter one's words that stand, in order, in the longer one: 0 to 1.
    pub share: f64,
    /// One plain sentence: "97 % of its sentences stand in ...".
    pub why: String,
}

/// An article's story.
///
/// Serves also as the marker type of story ids: a story's id is that of the smallest of its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoryChange {
    /// The article.
    pub article: ArticleId,
    /// The story it now belongs to.
    pub story: StoryId,
}

/// What linking one article changes in the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The pairs found, for the record to show why.
    pub reprints: Vec<Reprint>,
    /// Articles whose story is new or another one now.
    pub stories: Vec<StoryChange>,
}

/// So many articles stand for a band that more of them share; see [`Known::alike`].
pub const CROWD: usize = 8;

/// What linking may ask of the record: read-only, and nothing else of the path looks back.
pub trait Known {
    /// The signatures of the articles that share a band with this one; it may be among them.
    ///
    /// Of a band that more than [`CROWD`] articles share (a common first line, the text of a template, a text that hundreds print)
    /// the first [`CROWD`], in the order of their ids, stand for it: whatever the texts, an article is held against so many a band
    /// and not against all. Copies of one text share nearly all of their bands, so that those few join them. The ids are hashes, so
    /// this is a sample that leans to nothing, and the same one whatever the order in which pages came.
    fn alike(&self, signature: &Signature) -> Vec<Signature>;
    /// The title or address by which a person knows an article.
    fn label(&self, article: ArticleId) -> String;
    /// The story an article belongs to, if it has been linked.
    fn story(&self, article: ArticleId) -> Option<StoryId>;
    /// All articles of a story.
    fn members(&self, story: StoryId) -> Vec<ArticleId>;
}
