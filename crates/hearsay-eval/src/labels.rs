//! The project's own labelled sentences and stories (`training/data`), as its README describes them.

use anyhow::{Context, Result, bail};
use hearsay_types::{Article, ArticleText, Span};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One or several strings that point into a text; a label that is broken is a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// One stretch; the empty string is none.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for Words {
    fn default() -> Self {
        Words::Many(Vec::new())
    }
}

impl Words {
    /// The stretches of `text` that the label names, in bytes.
    ///
    /// # Errors
    /// If one is not there, or stands there more than once and does not say which is meant.
    pub fn find(&self, text: &str) -> Result<Vec<Span>> {
        let labels = match self {
            Words::One(label) => std::slice::from_ref(label),
            Words::Many(labels) => labels,
        };
        labels.iter().filter(|l| !l.is_empty()).map(|l| find(text, l)).collect()
    }
}

/// A labelled claim of a passage.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimLabel {
    /// Who says it.
    #[serde(default)]
    pub source: Words,
    /// By what words.
    pub cue: Words,
    /// What.
    #[serde(default)]
    pub content: Words,
    /// How the content is told.
    pub quote: String,
    /// How the source stands to it.
    pub stance: String,
    /// What kind of act the cue names.
    pub class: String,
    /// How the source is named.
    pub naming: String,
    /// What kind of thing the source is.
    pub kind: String,
    /// Whether a reader cannot know who it is.
    pub anonymous: bool,
    /// Whether the cue is negated.
    pub negated: bool,
    /// The claim of the same passage that tells this one, counted from 1.
    pub parent: Option<usize>,
    /// Who the source is, where its span does not tell.
    pub source_name: Option<String>,
}

/// A labelled event of a passage.
#[derive(Debug, Clone, Deserialize)]
pub struct EventLabel {
    /// The word or words that name the act.
    pub trigger: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode; empty where none fits or none is told.
    #[serde(default)]
    pub mode: String,
    /// Who does it.
    #[serde(default)]
    pub actor: Words,
    /// Whom it is done to.
    #[serde(default)]
    pub recipient: Words,
    /// How many, by what they count.
    #[serde(default)]
    pub numbers: BTreeMap<String, String>,
    /// How the act stands.
    pub status: String,
}

/// A sentence, a few sentences, or a story's paragraph, with its labels.
#[derive(Debug, Clone, Deserialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// `headline` or `body`; none for a sentence on its own.
    pub role: Option<String>,
    /// Its claims.
    #[serde(default, rename = "claim")]
    pub claims: Vec<ClaimLabel>,
    /// Its events.
    #[serde(default, rename = "event")]
    pub events: Vec<EventLabel>,
}

impl Passage {
    /// Whether it heads a story.
    pub fn is_headline(&self) -> bool {
        self.role.as_deref() == Some("headline")
    }
}

/// A file of labels.
#[derive(Debug, Clone, Deserialize)]
pub struct File {
    /// `train` or `test`.
    pub split: String,
    /// What its passages are about; none for a story.
    #[serde(default)]
    pub theme: String,
    /// Who published a story.
    pub publisher: Option<String>,
    /// Passages, each on its own.
    #[serde(default, rename = "sentence")]
    pub sentences: Vec<Passage>,
    /// A story's headline and paragraphs.
    #[serde(default, rename = "paragraph")]
    pub paragraphs: Vec<Passage>,
    /// Where it lies.
    #[serde(skip)]
    pub path: PathBuf,
}

/// An article made of a file's passages, and where each of them stands in it.
pub struct Made {
    /// The article.
    pub article: Article,
    /// For each passage, the text that it stands in and the byte it starts at.
    pub places: Vec<(ArticleText, usize)>,
}

impl File {
    /// The articles that the file stands for, with the passages of each: a story, or every sentence by itself.
    pub fn articles(&self) -> Vec<(Made, &[Passage])> {
        let alone = |p| (made(std::slice::from_ref(p), None), std::slice::from_ref(p));
        let story = (!self.paragraphs.is_empty())
            .then(|| (made(&self.paragraphs, self.publisher.as_deref()), self.paragraphs.as_slice()));
        self.sentences.iter().map(alone).chain(story).collect()
    }
}

fn made(passages: &[Passage], publisher: Option<&str>) -> Made {
    let mut text = String::new();
    let mut places = Vec::new();
    for passage in passages {
        if passage.is_headline() {
            places.push((ArticleText::Title, 0));
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        places.push((ArticleText::Body, text.len()));
        text.push_str(&passage.text);
    }
    let mut article = Article::plain(&text);
    article.title = passages.iter().find(|p| p.is_headline()).map(|p| p.text.clone());
    article.publisher = publisher.map(str::to_owned);
    Made { article, places }
}

/// Reads the files of one split, in the order of their names.
///
/// # Errors
/// If the folder or a file cannot be read.
pub fn read(folder: &Path, split: &str) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    for part in ["sentences", "stories"] {
        let folder = folder.join(part);
        let entries = std::fs::read_dir(&folder).with_context(|| format!("{} is absent", folder.display()))?;
        paths.extend(
            entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|x| x == "toml")),
        );
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let mut file: File = toml::from_str(&std::fs::read_to_string(&path)?)
            .with_context(|| format!("{} is no file of labels", path.display()))?;
        file.path = path;
        files.push(file);
    }
    files.retain(|f| f.split == split);
    Ok(files)
}

/// Finds a label in its text: `words`, or `words#2` for the second of several.
fn find(text: &str, label: &str) -> Result<Span> {
    let numbered = label.rsplit_once('#').and_then(|(w, n)| Some((w, n.parse::<usize>().ok()?)));
    let (words, number) = numbered.map_or((label, None), |(w, n)| (w, Some(n)));
    let found: Vec<usize> = starts(text, words).filter(|at| is_whole(text, *at, at + words.len())).collect();
    let start = match (number, found.len()) {
        (None, 1) => found[0],
        (Some(n), all) if n >= 1 && n <= all => found[n - 1],
        (_, all) => bail!("{label:?} occurs {all} times in {text:?}"),
    };
    Ok(Span::new(start, start + words.len()))
}

/// Where `words` stand in `text`, overlaps included.
fn starts<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.char_indices().map(|(i, _)| i).filter(move |i| text[*i..].starts_with(words))
}

/// Whether neither end cuts a word in two.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    !joins(start) && !joins(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_whole_words_and_numbered_where_they_repeat() {
        let text = "It is with it, and without it.";
        assert_eq!(find(text, "with").ok(), Some(Span::new(6, 10)));
        assert_eq!(find(text, "it#2").ok(), Some(Span::new(27, 29)));
        assert!(find(text, "it").is_err() && find(text, "it#3").is_err() && find(text, "them").is_err());
    }

    #[test]
    fn every_shipped_label_is_found_in_its_text() -> Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../training/data");
        for split in ["train", "test"] {
            for file in read(&folder, split)? {
                for passage in file.sentences.iter().chain(&file.paragraphs) {
                    for event in &passage.events {
                        for words in [&Words::One(event.trigger.clone()), &event.actor, &event.recipient] {
                            words.find(&passage.text).with_context(|| file.path.display().to_string())?;
                        }
                    }
                    for claim in &passage.claims {
                        for words in [&claim.source, &claim.cue, &claim.content] {
                            words.find(&passage.text).with_context(|| file.path.display().to_string())?;
                        }
                        assert!(claim.parent.is_none_or(|p| p >= 1 && p <= passage.claims.len()));
                    }
                }
            }
        }
        Ok(())
    }
}
