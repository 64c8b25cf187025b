//! A labelled archive: its articles taken through the whole path into a record, and its labels found in there.

use anyhow::{Context, Result};
use hearsay::Hearsay;
use hearsay_store::{Entry, Mode, RunCounts, RunInfo, Store};
use hearsay_types::incident::Told;
use hearsay_types::{ArticleId, Declared, MediaType, Page, PageContent, PageId, Span, StoryId};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of labels.
#[derive(Debug, Deserialize)]
pub struct Archive {
    split: String,
    #[serde(rename = "article")]
    articles: Vec<Text>,
    #[serde(rename = "incident")]
    incidents: Vec<Label>,
    /// Where it lies.
    #[serde(skip)]
    pub path: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Text {
    key: String,
    publisher: String,
    published: String,
    title: String,
    paragraphs: Vec<String>,
    reprint_of: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Label {
    key: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "report")]
    reports: Vec<Labelled>,
}

/// A labelled report.
#[derive(Debug, Deserialize)]
struct Labelled {
    article: String,
    sentence: String,
    trigger: String,
}

/// A labelled report with the row of the record that fits it.
#[derive(Debug)]
pub struct Row {
    /// The number of its incident.
    pub incident: usize,
    /// The report of [`Found::told`] that fits; none where the record has none.
    pub event: Option<usize>,
    /// The labelled words.
    pub trigger: String,
    /// The labelled sentence.
    pub sentence: String,
}

/// What the record holds of an archive.
#[derive(Debug)]
pub struct Found {
    /// All that linking looks at.
    pub told: Told,
    /// The labelled reports.
    pub rows: Vec<Row>,
    /// The story of each article, in the order of the archive.
    pub stories: Vec<Option<StoryId>>,
}

/// Reads the archives of one split, in the order of their names.
pub fn read(folder: &Path, split: &str) -> Result<Vec<Archive>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} is absent", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|x| x == "toml"));
    paths.sort();
    let mut archives = Vec::new();
    for path in paths {
        let mut archive: Archive = toml::from_str(&std::fs::read_to_string(&path)?)
            .with_context(|| format!("{} is no labelled archive", super::name(&path)))?;
        archive.path = path;
        archives.push(archive);
    }
    archives.retain(|a| a.split == split);
    Ok(archives)
}

impl Archive {
    /// How many incidents it tells of.
    pub fn incidents(&self) -> usize {
        self.incidents.len()
    }

    /// The key of an incident, with its type.
    pub fn name(&self, incident: usize) -> String {
        format!("{} ({})", self.incidents[incident].key, self.incidents[incident].kind)
    }

    /// Whether two articles are labelled as one text.
    pub fn is_one_story(&self, one: usize, two: usize) -> bool {
        self.origin(one) == self.origin(two)
    }

    /// The first article of which this one is a reprint.
    fn origin(&self, at: usize) -> usize {
        let of = self.articles[at].reprint_of.as_ref();
        let before = of.and_then(|key| self.articles[..at].iter().position(|a| a.key == *key));
        before.map_or(at, |before| self.origin(before))
    }

    /// Builds the record of the archive in `folder`, unless it is there, and finds the labels in it.
    pub fn rows(&self, hearsay: &Hearsay, folder: &Path) -> Result<Found> {
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let path = folder.join(name).with_extension("hearsay");
        if !path.exists() {
            self.build(hearsay, &path)?;
        }
        let store = Store::open(&path, Mode::Read)?;
        self.find(&store)
    }

    fn page(&self, text: &Text) -> Page {
        let body = text.paragraphs.join("\n\n");
        let original = format!("{}\n{}\n{body}", text.key, text.title).into_bytes();
        let declared = Declared {
            title: Some(text.title.clone()),
            publisher: Some(text.publisher.clone()),
            published: Some(text.published.clone()),
            ..Declared::default()
        };
        Page {
            id: PageId::of(&original),
            path: text.key.clone(),
            media_type: MediaType::Text,
            declared,
            original,
            encoding: "utf-8",
            content: PageContent::Text(body),
            notes: vec![],
        }
    }

    fn build(&self, hearsay: &Hearsay, path: &Path) -> Result<()> {
        let mut store = Store::open(path, Mode::Create)?;
        store.begin_run(&RunInfo::default())?;
        for text in &self.articles {
            let page = self.page(text);
            let outcome = hearsay.run(&page);
            let signatures = outcome.coded.iter().map(|c| hearsay::record::signature(&c.article)).collect();
            store.put(&[Entry::new(page, outcome.coded, signatures, outcome.notes)])?;
        }
        for article in store.unlinked()? {
            let changes = hearsay::record::link(&store.signature(article)?, &store);
            store.apply(article, &changes)?;
        }
        store.finish_run(&RunCounts::default(), &[])?;
        Ok(())
    }

    fn find(&self, store: &Store) -> Result<Found> {
        let told = store.told()?;
        let mut texts: BTreeMap<String, (ArticleId, String)> = BTreeMap::new();
        let mut stories: BTreeMap<String, Option<StoryId>> = BTreeMap::new();
        let paths: BTreeMap<String, String> =
            store.rows("pages")?.iter().map(|p| (word(p, "id"), word(p, "path"))).collect();
        for row in store.rows("articles")? {
            let key = paths[&word(&row, "page_id")].clone();
            let id = ArticleId::parse(&word(&row, "id")).context("an article has no id")?;
            stories.insert(key.clone(), StoryId::parse(&word(&row, "story_id")));
            texts.insert(key, (id, word(&row, "text")));
        }
        let rows = self.labelled(&told, &texts);
        let stories = self.articles.iter().map(|a| stories.get(&a.key).copied().flatten()).collect();
        Ok(Found { told, rows, stories })
    }

    fn labelled(&self, told: &Told, texts: &BTreeMap<String, (ArticleId, String)>) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut spans = Vec::new();
        for (incident, label) in self.incidents.iter().enumerate() {
            for report in &label.reports {
                let place = texts.get(&report.article).and_then(|(id, text)| Some((*id, place(text, report)?)));
                spans.push(place.map(|(id, (sentence, trigger))| (id, sentence, trigger, label.kind.as_str())));
                let (trigger, sentence) = (report.trigger.clone(), report.sentence.clone());
                rows.push(Row { incident, event: None, trigger, sentence });
            }
        }
        let mut taken = vec![false; told.reports.len()];
        // First the rows whose trigger fits, then, of those that are left, rows of the sentence that have the type.
        for strict in [true, false] {
            for (row, span) in rows.iter_mut().zip(&spans).filter(|(row, _)| row.event.is_none()) {
                let Some((article, sentence, trigger, kind)) = span else { continue };
                let fits = |at: &usize| {
                    let report = &told.reports[*at];
                    let words = Span::new(report.at, report.at + report.trigger.len());
                    let near = if strict {
                        words.start < trigger.end && trigger.start < words.end
                    } else {
                        sentence.contains(words) && report.kind == *kind
                    };
                    !taken[*at] && report.article == *article && near
                };
                let best = (0..told.reports.len()).filter(fits).min_by_key(|at| told.reports[*at].kind != *kind);
                if let Some(at) = best {
                    taken[at] = true;
                    row.event = Some(at);
                }
            }
        }
        rows
    }
}

/// Where a label stands in its article: the sentence and the trigger.
fn place(text: &str, report: &Labelled) -> Option<(Span, Span)> {
    let start = text.find(&report.sentence)?;
    let (words, number) =
        report.trigger.rsplit_once('#').map_or((report.trigger.as_str(), 1), |(w, n)| (w, n.parse().unwrap_or(1)));
    let at = report.sentence.match_indices(words).nth(number - 1)?.0 + start;
    Some((Span::new(start, start + report.sentence.len()), Span::new(at, at + words.len())))
}

fn word(row: &hearsay_store::Row, name: &str) -> String {
    row.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
}
