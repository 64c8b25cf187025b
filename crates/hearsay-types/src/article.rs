//! An article: one story on a page.

use crate::{ArticleId, Interval, PageId, Span};
use serde::{Deserialize, Serialize};

/// On what the publication interval rests, in falling order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishedBasis {
    /// JSON-LD, meta and time elements, the URL, a printed date line of the page, or what the container declares.
    Metadata,
    /// The dateline.
    Dateline,
    /// What the story's own words allow.
    Text,
    /// Nothing tells.
    None,
}

/// The role a passage plays in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The title.
    Headline,
    /// The place, date and agency that open a story.
    Dateline,
    /// The words under a picture.
    Caption,
    /// The story itself.
    Body,
}

/// Which of an article's texts a span belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleText {
    /// [`Article::title`].
    Title,
    /// The text of the n-th of [`Article::captions`].
    Caption(u16),
    /// [`Article::text`].
    Body,
}

/// The words under a picture, each kept once, with who made the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// The words, without a credit that stands apart in the page's markup. A credit in brackets at the end of the
    /// words stays in them and is repeated in `credit`.
    pub text: String,
    /// The photographer or agency.
    pub credit: Option<String>,
}

/// The opening of a story that tells from where, when and by whom: "SAN SALVADOR, 3 JAN 90 (EFE) --".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// The place as it is written.
    pub place: Option<String>,
    /// The day or days it can mean.
    pub date: Interval,
    /// The agency as it is written.
    pub agency: Option<String>,
}

/// A stretch of [`Article::text`] with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its role: [`Role::Dateline`] or [`Role::Body`]; title and captions are texts of their own.
    pub role: Role,
    /// Where it stands.
    pub span: Span,
}

/// The map from an article's paragraph back to its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Byte range of the decoded page (scraped text).
    Bytes(Span),
    /// The number of the HTML element, in document order, that holds the paragraph.
    Element(u32),
}

/// One story on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Hash of the page's id and `nth`.
    pub id: ArticleId,
    /// The page it stands on.
    pub page: PageId,
    /// Its number on the page, from 0, in reading order.
    pub nth: u32,
    /// The headline, without the site's name.
    pub title: Option<String>,
    /// Who wrote it, as printed, without "By".
    pub byline: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address as the page itself gives it, or as it was captured.
    pub url: Option<String>,
    /// BCP 47 tag of its language; none where it cannot be told.
    pub language: Option<String>,
    /// The dateline, if there is one.
    pub dateline: Option<Dateline>,
    /// When it was published.
    pub published: Interval,
    /// On what `published` rests.
    pub published_basis: PublishedBasis,
    /// When it was last changed, where the page tells.
    pub modified: Interval,
    /// Each once, in page order.
    pub captions: Vec<Caption>,
    /// The story's paragraphs, one a line, a line feed between two. Never moved: all body spans point into it.
    pub text: String,
    /// One span a paragraph.
    pub paragraphs: Vec<Span>,
    /// Where each paragraph stands on the page; as long as `paragraphs`.
    pub origins: Vec<Origin>,
    /// The stretches of `text` by role, in order, together covering all paragraphs.
    pub passages: Vec<Passage>,
    /// How many reader comments were left out. Comments are counted, never kept.
    pub comments: u32,
}

impl Article {
    /// The id of the `nth` article on a page.
    pub fn id_of(page: &PageId, nth: u32) -> ArticleId {
        ArticleId::of(&[page.as_bytes(), &nth.to_le_bytes()])
    }

    /// An article of nothing but a text, each line that is not blank a paragraph: for tests and measurements.
    pub fn plain(text: &str) -> Self {
        let page = PageId::of(text.as_bytes());
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trimmed(text);
            at += line.len();
            if !span.is_empty() {
                paragraphs.push(span);
            }
        }
        Article {
            id: Article::id_of(&page, 0),
            page,
            nth: 0,
            title: None,
            byline: None,
            publisher: None,
            url: None,
            language: None,
            dateline: None,
            published: Interval::UNKNOWN,
            published_basis: PublishedBasis::None,
            modified: Interval::UNKNOWN,
            captions: Vec::new(),
            text: text.to_owned(),
            origins: paragraphs.iter().map(|p| Origin::Bytes(*p)).collect(),
            passages: paragraphs.iter().map(|p| Passage { role: Role::Body, span: *p }).collect(),
            paragraphs,
            comments: 0,
        }
    }

    /// One of the article's texts; `""` where there is none.
    pub fn text_of(&self, which: ArticleText) -> &str {
        match which {
            ArticleText::Title => self.title.as_deref().unwrap_or(""),
            ArticleText::Caption(n) => self.captions.get(usize::from(n)).map_or("", |c| &c.text),
            ArticleText::Body => &self.text,
        }
    }
}
