//! W3C Web Annotations: each claim and each event on the words of its article.
//!
//! A target is found by its words and what stands around them (TextQuoteSelector), and by its place in the article's text
//! (TextPositionSelector), which counts characters, that is Unicode code points, from 0.

use crate::texts::BODY;
use crate::{Error, Row, Seen};
use serde_json::{Value, json};
use std::io::Write;
use std::rc::Rc;

/// So many characters stand before and after a quotation.
const AROUND: usize = 32;

pub(super) fn write(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let generator = json!({"type": "Software", "name": format!("hearsay {}", env!("CARGO_PKG_VERSION"))});
    write!(
        out,
        "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:hearsay:annotations\",\"type\":\"AnnotationPage\",\"generator\":{generator},\"items\":["
    )?;
    let mut first = true;
    let mut count = 0;
    for (table, made) in [("claims", claim as fn(&Row, &Page) -> Value), ("events", event)] {
        let mut page = Page::default();
        count += seen.each(table, &mut |row| {
            let article = row.get("article_id").and_then(Value::as_str).unwrap_or("");
            let part = seen.part_of(&row)?;
            if (page.article.as_str(), page.part) != (article, part) {
                page = Page::of(seen, article, part)?;
            }
            out.write_all(if first { b"\n" } else { b",\n" })?;
            first = false;
            Ok(serde_json::to_writer(&mut *out, &made(&row, &page)).map_err(std::io::Error::from)?)
        })?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(count)
}

/// The text of an article that annotations are on.
struct Page {
    article: String,
    /// The body or another one.
    part: usize,
    source: String,
    text: Rc<str>,
}

impl Default for Page {
    fn default() -> Self {
        Page { article: String::new(), part: BODY, source: String::new(), text: "".into() }
    }
}

impl Page {
    fn of(seen: &Seen, article: &str, part: usize) -> Result<Page, Error> {
        let url = seen.by_id("articles", article)?.and_then(|a| Some(a.get("url")?.as_str()?.to_owned()));
        let source = url.unwrap_or_else(|| format!("urn:hearsay:article:{article}"));
        Ok(Page { article: article.to_owned(), part, source, text: seen.text(article, part)? })
    }

    /// A span as a target; `class` tells which part of the row it is.
    fn target(&self, span: &Value, class: &str) -> Option<Value> {
        let bound = |name: &str| span.get(name)?.as_u64().map(|n| n as usize);
        let (start, end) = (bound("start")?, bound("end")?);
        let (before, exact, after) = (self.text.get(..start)?, self.text.get(start..end)?, self.text.get(end..)?);
        let from = before.chars().count();
        let prefix: String = before.chars().skip(from.saturating_sub(AROUND)).collect();
        let suffix: String = after.chars().take(AROUND).collect();
        let mut selectors =
            vec![json!({"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix})];
        // Places are counted in the body alone.
        if self.part == BODY {
            let end = from + exact.chars().count();
            selectors.push(json!({"type": "TextPositionSelector", "start": from, "end": end}));
        }
        Some(json!({
            "type": "SpecificResource", "source": self.source, "styleClass": class, "selector": selectors
        }))
    }

    fn targets(&self, parts: &[(&str, Option<&Value>)]) -> Vec<Value> {
        let mut targets = Vec::new();
        for (class, part) in parts {
            let spans = match part {
                Some(Value::Array(all)) => all.iter().collect(),
                Some(one) if !one.is_null() => vec![*one],
                _ => Vec::new(),
            };
            targets.extend(spans.into_iter().filter_map(|span| self.target(span, class)));
        }
        targets
    }
}

fn annotation(kind: &str, row: &Row, tag: &str, said: String, targets: Vec<Value>) -> Value {
    let id = row.get("id").and_then(Value::as_str).unwrap_or("");
    json!({
        "id": format!("urn:hearsay:{kind}:{id}"),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": tag},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": said},
        ],
        "target": targets,
    })
}

fn word<'a>(value: Option<&'a Value>, name: &str) -> &'a str {
    value.and_then(|v| v.get(name)).and_then(Value::as_str).unwrap_or("")
}

fn claim(row: &Row, page: &Page) -> Value {
    let [source, cue, content] = ["source", "cue", "content"].map(|part| row.get(part));
    let stance = row.get("stance").and_then(Value::as_str).unwrap_or("");
    let name = [word(source, "name"), word(source, "head"), "an unnamed source"].into_iter().find(|n| !n.is_empty());
    let said = format!("{} {stance} ({})", name.unwrap_or(""), word(content, "quote"));
    let spans = |part: Option<&'_ Value>| part.and_then(|p| p.get("spans")).cloned();
    let (source, cue, content) = (spans(source), spans(cue), spans(content));
    let targets = page.targets(&[("source", source.as_ref()), ("cue", cue.as_ref()), ("content", content.as_ref())]);
    annotation("claim", row, &format!("claim: {stance}"), said, targets)
}

fn event(row: &Row, page: &Page) -> Value {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
    let names = |side: &str| {
        let people = row.get(side).and_then(Value::as_array).into_iter().flatten();
        people.filter_map(|p| p.get("name")?.as_str()).collect::<Vec<_>>().join(", ")
    };
    let said = [
        text("type").to_owned(),
        text("mode").to_owned(),
        names("actors"),
        names("recipients"),
        text("status").to_owned(),
    ];
    let said = said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("; ");
    let spans = |side: &str| {
        let people = row.get(side).and_then(Value::as_array).into_iter().flatten();
        Value::Array(people.filter_map(|p| p.get("span").cloned()).collect())
    };
    let (actors, recipients) = (spans("actors"), spans("recipients"));
    let inner = |name: &str| row.get(name).and_then(|v| v.get("span"));
    let targets = page.targets(&[
        ("trigger", row.get("trigger")),
        ("actor", Some(&actors)),
        ("recipient", Some(&recipients)),
        ("place", inner("place")),
        ("time", inner("time")),
    ]);
    annotation("event", row, &format!("event: {}", text("type")), said, targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_quotations_have_their_surroundings() {
        let page =
            Page { article: "a".into(), part: BODY, source: "urn:x".into(), text: "Málnok fell, they said.".into() };
        let target = page.target(&json!({"text": "fell", "start": 8, "end": 12}), "trigger").unwrap();
        assert_eq!(target["selector"][1], json!({"type": "TextPositionSelector", "start": 7, "end": 11}));
        assert_eq!(target["selector"][0]["prefix"], "Málnok ");
        assert_eq!(target["selector"][0]["exact"], "fell");
        assert_eq!(target["selector"][0]["suffix"], ", they said.");
        assert!(page.target(&json!({"start": 2, "end": 400}), "x").is_none());
    }
}
