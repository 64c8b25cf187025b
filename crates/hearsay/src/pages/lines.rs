//! JSON lines: one page an object, one object a line.
//!
//! `html` or `text` is the page; `url`, `published`, `title`, `byline` and `publisher` are what is known of it beside.
//! The first key of each list below that holds a text is taken.

use super::make::{self, Raw};
use super::{Input, Limits, fail, too_large, unreadable};
use hearsay_types::{Declared, Failure, MediaType, Page, PageContent};
use serde_json::{Map, Value};
use std::io::{self, BufRead, Read};

const URL: &[&str] = &["url", "link"];
const PUBLISHED: &[&str] = &["published", "date", "date_published"];
const TITLE: &[&str] = &["title", "headline"];
const BYLINE: &[&str] = &["byline", "author", "authors"];
const PUBLISHER: &[&str] = &["publisher", "site", "source"];
const CAPTURED: &[&str] = &["captured", "fetched"];

/// The most lines that one object is written on. More of them are no object that is only printed prettily.
const PRETTY: usize = 200;

/// The pages of a file of JSON lines.
pub(super) struct Lines<'a> {
    path: String,
    input: Input<'a>,
    limits: Limits,
    nth: usize,
    over: bool,
}

impl<'a> Lines<'a> {
    pub fn new(path: &str, input: Input<'a>, limits: Limits) -> Self {
        Lines { path: path.to_owned(), input, limits, nth: 0, over: false }
    }

    fn name(&self) -> String {
        format!("{}#{}", self.path, self.nth)
    }

    /// The next line; longer ones than may be are read past. None at the end.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, Failure>>> {
        let mut line = Vec::new();
        if (&mut self.input).take(self.limits.page + 1).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.len() as u64 > self.limits.page && line.last() != Some(&b'\n') {
            drop(line);
            self.input.skip_until(b'\n')?;
            return Ok(Some(Err(too_large(&self.name(), self.limits))));
        }
        Ok(Some(Ok(line)))
    }

    /// An object that runs over several lines, as pretty printers write it: lines are added until it is whole.
    fn object(&mut self, mut line: Vec<u8>) -> io::Result<Result<(Vec<u8>, Value), Failure>> {
        let first = self.nth;
        loop {
            match serde_json::from_slice(trimmed(&line)) {
                Ok(value) => return Ok(Ok((trimmed(&line).to_vec(), value))),
                // Only an object that is opened on a line of its own goes on: a line that was cut off stays alone.
                Err(e) if e.is_eof() && opened_alone(&line) && self.nth < first + PRETTY => {
                    match self.line()? {
                        Some(Ok(more)) => line.extend(more),
                        Some(Err(failure)) => return Ok(Err(failure)),
                        None => return Ok(Err(self.bad(&e))),
                    }
                    self.nth += 1;
                }
                Err(e) => return Ok(Err(self.bad(&e))),
            }
        }
    }

    fn bad(&self, error: &serde_json::Error) -> Failure {
        fail(&self.name(), "bad-json", format!("the line is not JSON: {error}"))
    }

    fn step(&mut self) -> io::Result<Option<Result<Page, Failure>>> {
        loop {
            self.nth += 1;
            let line = match self.line()? {
                None => return Ok(None),
                Some(Err(failure)) => return Ok(Some(Err(failure))),
                Some(Ok(line)) => line,
            };
            if trimmed(&line).is_empty() {
                continue;
            }
            let name = self.name();
            let found = self.object(line)?;
            return Ok(Some(found.and_then(|(original, value)| page(name, original, value, self.limits))));
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Page, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let step = self.step();
        self.over = !matches!(step, Ok(Some(_)));
        step.unwrap_or_else(|e| Some(Err(unreadable(&self.name(), &e))))
    }
}

/// Whether an object's brace stands on a line of its own.
fn opened_alone(text: &[u8]) -> bool {
    let line = trimmed(text).split(|b| *b == b'\n').next().unwrap_or(b"");
    line.trim_ascii() == b"{"
}

/// A line without the mark and white space around it.
fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii()
}

fn page(path: String, original: Vec<u8>, value: Value, limits: Limits) -> Result<Page, Failure> {
    let Value::Object(mut object) = value else {
        return Err(fail(&path, "bad-json", "the line is no JSON object"));
    };
    let content = match (taken(&mut object, "html"), taken(&mut object, "text")) {
        (Some(html), _) => PageContent::Html(html),
        (None, Some(text)) => PageContent::Text(text),
        (None, None) => return Err(fail(&path, "no-text", "the line has neither \"html\" nor \"text\"")),
    };
    let media_type = if matches!(content, PageContent::Html(_)) { MediaType::Html } else { MediaType::Text };
    let declared = declared(&object);
    let raw = Raw { path, media_type, markup: false, original, declared, label: None };
    Ok(make::page(raw, content, "UTF-8", Vec::new(), limits))
}

/// A text that is more than white space, without zero characters, which end a text for many programs.
fn taken(object: &mut Map<String, Value>, key: &str) -> Option<String> {
    match object.remove(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.replace('\0', " ")),
        _ => None,
    }
}

fn declared(object: &Map<String, Value>) -> Declared {
    let first = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key).and_then(words));
    Declared {
        url: first(URL),
        published: first(PUBLISHED),
        title: first(TITLE),
        byline: first(BYLINE),
        publisher: first(PUBLISHER),
        captured: first(CAPTURED),
    }
}

/// A text, the name of an object, or the texts of a list.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(list) => list.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Value::Object(object) => object.get("name").and_then(words).unwrap_or_default(),
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}
