//! `hearsay show`: one row, its sentence, its chain, and why it is there.

mod joined;

use super::Format;
use crate::{failed::Failed, output, record};
use anstyle::{AnsiColor, Effects, Style};
use hearsay_store::{Row, Shown};
use hearsay_types::correction::Act;
use serde_json::{Value, json};
use std::process::ExitCode;

/// Show one row: the sentence it came from, who told it to whom, and why it is there.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT, override_usage = "hearsay show [OPTIONS] [RECORD] <ID>")]
pub struct Args {
    /// The record, if it is not the one in this folder, and the id.
    #[arg(required = true, num_args = 1..=2, value_names = ["RECORD", "ID"])]
    words: Vec<String>,

    /// Print it as JSON.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

const ABOUT: &str = "Show one row: the sentence it came from, who told it to whom, and why it is there.

ID is the id of a claim, an event, an incident, a dispute, an article, a page, an actor, a sentence or a mention. Its first characters are enough \
as long as no other id begins so.";

const EXAMPLES: &str = "Examples:
  hearsay sql \"SELECT id, stance FROM claims LIMIT 5\"
  hearsay show 3f2a91c0
  hearsay show border.hearsay 3f2a91c0 --format json";

pub fn run(args: &Args) -> Result<ExitCode, Failed> {
    let (record, id) = match &args.words[..] {
        [record, id] => (Some(record.as_ref()), id),
        words => (None, &words[0]),
    };
    let shown = record::open(record)?.show(id)?;
    match args.format {
        Some(Format::Json) => output::line(as_json(&shown).to_string())?,
        None => output::styled(told(&shown))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(shown: &Shown) -> Value {
    json!({
        "table": shown.table,
        "row": shown.row,
        "sentence": shown.sentence,
        "article": shown.article,
        "page": shown.page,
        "chain": shown.chain,
        "corrections": shown.corrections,
        "rejected": shown.rejected,
        "related": shown.related.iter().map(|(table, row)| json!({"table": table, "row": row})).collect::<Vec<_>>(),
    })
}

const HEAD: Style = Style::new().effects(Effects::BOLD);
const LABEL: Style = Style::new().effects(Effects::DIMMED);

/// The roles of spans, each with its colour.
const ROLES: [(&str, &[&str], AnsiColor); 6] = [
    ("source", &["source", "spans"], AnsiColor::Cyan),
    ("cue", &["cue", "spans"], AnsiColor::Yellow),
    ("content", &["content", "spans"], AnsiColor::Green),
    ("trigger", &["trigger"], AnsiColor::Yellow),
    ("place", &["place", "span"], AnsiColor::Green),
    ("span", &["span"], AnsiColor::Yellow),
];

/// A row as a person reads it.
pub fn told(shown: &Shown) -> String {
    let row = &shown.row;
    let mut lines = vec![format!("{HEAD}{}{HEAD:#} {}{}", singular(shown.table), word(row, "id"), headline(shown))];
    if let Some(sentence) = &shown.sentence {
        lines.push(format!("\n  {}\n", marked(sentence, row)));
    }
    lines.extend(fields(shown).into_iter().map(|(name, value)| labelled(name, &value)));
    lines.extend(chain(shown).map(|chain| labelled("chain", &chain)));
    lines.extend(article(shown).map(|article| labelled("article", &article)));
    lines.extend(
        shown
            .page
            .as_ref()
            .map(|page| labelled("page", &format!("{} (sha256 {})", word(page, "path"), word(page, "id")))),
    );
    if matches!(shown.table, "incidents" | "disputes") {
        lines.extend(joined::reports(shown));
        return lines.join("\n");
    }
    lines.extend(shown.related.iter().map(|(table, row)| labelled(singular(table), &brief(table, row))));
    lines.extend(shown.why().into_iter().map(|why| labelled("why", why)));
    lines.extend(shown.corrections.iter().map(|row| labelled("corrected", &correction(row))));
    if shown.rejected {
        lines.push(labelled("rejected", "it is left out of the record; this is how it was coded"));
    }
    lines.join("\n")
}

fn singular(table: &str) -> &str {
    match table {
        "stories" => "story",
        _ => table.strip_suffix('s').unwrap_or(table),
    }
}

fn labelled(name: &str, value: &str) -> String {
    format!("  {LABEL}{name:<10}{LABEL:#} {value}")
}

/// What was corrected, by whom and why.
fn correction(row: &Row) -> String {
    let act = serde_json::from_value::<Act>(json!({"act": row.get("act"), "value": row.get("value")}));
    let told = act.map_or_else(|_| word(row, "act").to_owned(), |act| act.told());
    let day = word(row, "at").split('T').next().unwrap_or_default();
    format!("{told}: {} ({}, {day}, {})", word(row, "why"), word(row, "who"), word(row, "id"))
}

/// What a row is, in a word or two.
fn headline(shown: &Shown) -> String {
    let row = &shown.row;
    let words: Vec<&str> = match shown.table {
        "claims" => vec![word(row, "stance")],
        "events" => vec![word(row, "type"), word(row, "mode"), word(row, "status")],
        "actors" => vec![word(row, "name"), word(row, "kind")],
        "articles" => vec![word(row, "title")],
        "pages" => vec![word(row, "path")],
        "incidents" => vec![word(row, "type"), word(row, "mode"), word(row, "status")],
        _ => vec![word(row, "kind")],
    };
    let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
    if words.is_empty() { String::new() } else { format!("  {HEAD}{}{HEAD:#}", words.join(", ")) }
}

/// The columns that a reader wants to see, by kind of row.
fn fields(shown: &Shown) -> Vec<(&'static str, String)> {
    let row = &shown.row;
    let mut fields = match shown.table {
        "claims" => vec![("source", source(row)), ("cue", at(row, &["cue", "lemma"])), ("content", content(row))],
        "events" => vec![
            ("actor", participants(row, "actors")),
            ("recipient", participants(row, "recipients")),
            ("place", at(row, &["place", "name"])),
            ("time", interval(row.get("time").and_then(|t| t.get("interval")))),
            ("numbers", numbers(row)),
        ],
        "articles" => vec![
            ("title", word(row, "title").to_owned()),
            ("byline", word(row, "byline").to_owned()),
            ("publisher", word(row, "publisher").to_owned()),
            ("published", format!("{} ({})", interval(row.get("published")), word(row, "published_basis"))),
            ("url", word(row, "url").to_owned()),
        ],
        "sentences" => vec![("text", word(row, "text").to_owned())],
        "actors" => vec![
            ("country", word(row, "country").to_owned()),
            ("aliases", list(row, "aliases")),
            ("basis", word(row, "basis").to_owned()),
        ],
        "mentions" => vec![
            ("names", at(row, &["span", "text"])),
            ("place", at(row, &["place", "name"])),
            ("days", interval(row.get("interval"))),
        ],
        "incidents" | "disputes" => joined::fields(shown),
        _ => Vec::new(),
    };
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

fn source(row: &Row) -> String {
    let name = [at(row, &["source", "name"]), joined(row, &["source", "spans"]), "no source".to_owned()];
    let name = name.into_iter().find(|n| !n.is_empty()).unwrap_or_default();
    let anonymous = row.get("source").and_then(|s| s.get("anonymous")) == Some(&Value::Bool(true));
    let role = at(row, &["source", "role_text"]);
    let mut about = vec![at(row, &["source", "kind"]), at(row, &["source", "naming"])];
    about.extend(anonymous.then(|| "anonymous".to_owned()));
    about.extend((!role.is_empty()).then_some(role));
    format!("{name} ({})", about.join(", "))
}

fn content(row: &Row) -> String {
    format!("{}: {}", at(row, &["content", "quote"]), joined(row, &["content", "spans"]))
}

fn participants(row: &Row, side: &str) -> String {
    let each = row.get(side).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    each.iter().filter_map(|p| p.get("name")?.as_str()).collect::<Vec<_>>().join(", ")
}

fn numbers(row: &Row) -> String {
    let each = row.get("numbers").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let show = |n: &Value| Some(format!("{} {}", n.get("span")?.get("text")?.as_str()?, n.get("kind")?.as_str()?));
    each.iter().filter_map(show).collect::<Vec<_>>().join(", ")
}

fn list(row: &Row, name: &str) -> String {
    let each = row.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    each.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

/// From the publisher, who tells all of it, to the innermost source.
fn chain(shown: &Shown) -> Option<String> {
    if !matches!(shown.table, "claims" | "events") {
        return None;
    }
    let mut links = vec![shown.publisher().unwrap_or("the publisher").to_owned()];
    links.extend(shown.chain.iter().rev().map(|claim| format!("{} {}", plain_source(claim), word(claim, "stance"))));
    Some(links.join(" > "))
}

fn plain_source(claim: &Row) -> String {
    let name = [at(claim, &["source", "name"]), joined(claim, &["source", "spans"]), "someone".to_owned()];
    name.into_iter().find(|n| !n.is_empty()).unwrap_or_default()
}

fn article(shown: &Shown) -> Option<String> {
    let article = shown.article.as_ref()?;
    let mut parts = vec![word(article, "title").to_owned(), word(article, "publisher").to_owned()];
    parts.push(interval(article.get("published")));
    parts.push(word(article, "id").to_owned());
    parts.retain(|part| !part.is_empty());
    Some(parts.join(", "))
}

fn brief(table: &str, row: &Row) -> String {
    if table == "incidents" {
        return joined::brief(row);
    }
    let name = ["name", "title", "id"].map(|key| word(row, key)).into_iter().find(|w| !w.is_empty()).unwrap_or("");
    let reprints = row.get("reprints").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let why: Vec<&str> = reprints.iter().filter_map(|r| r.get("why")?.as_str()).collect();
    if why.is_empty() { name.to_owned() } else { format!("{name}: {}", why.join("; ")) }
}

fn interval(value: Option<&Value>) -> String {
    let bound = |name: &str| value.and_then(|v| v.get(name)).and_then(Value::as_str);
    match (bound("earliest"), bound("latest")) {
        (Some(a), Some(b)) if a == b => a.to_owned(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("{a} or later"),
        (None, Some(b)) => format!("{b} or earlier"),
        (None, None) => String::new(),
    }
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}

fn at(row: &Row, path: &[&str]) -> String {
    found(row, path).and_then(Value::as_str).unwrap_or("").to_owned()
}

fn found<'a>(row: &'a Row, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(row.get(*first)?, |value, key| value.get(*key))
}

/// The words of a list of spans, or of one.
fn joined(row: &Row, path: &[&str]) -> String {
    let text = |span: &Value| span.get("text").and_then(Value::as_str).map(str::to_owned);
    match found(row, path) {
        Some(Value::Array(spans)) => spans.iter().filter_map(text).collect::<Vec<_>>().join(" … "),
        Some(span) => text(span).unwrap_or_default(),
        None => String::new(),
    }
}

/// A sentence with the spans of the row in colours. Where there are no colours it is the plain sentence: the spans are
/// listed below it anyway.
fn marked(sentence: &Row, row: &Row) -> String {
    // The spans of a row are those of the text that its sentence stands in: the title, the body or a caption.
    let (text, start) = (word(sentence, "text"), number(sentence, "start"));
    let mut colours: Vec<Option<AnsiColor>> = vec![None; text.len()];
    for (_, path, colour) in ROLES {
        for (from, to) in ranges(found(row, path)) {
            let (from, to) = (from.saturating_sub(start), to.saturating_sub(start).min(text.len()));
            colours.get_mut(from..to).into_iter().flatten().for_each(|c| *c = Some(colour));
        }
    }
    painted(text, &colours)
}

fn number(value: &Row, name: &str) -> usize {
    value.get(name).and_then(Value::as_u64).unwrap_or(0) as usize
}

fn ranges(spans: Option<&Value>) -> Vec<(usize, usize)> {
    let range = |span: &Value| span.as_object().map(|s| (number(s, "start"), number(s, "end")));
    match spans {
        Some(Value::Array(spans)) => spans.iter().filter_map(range).collect(),
        Some(span) => range(span).into_iter().collect(),
        None => Vec::new(),
    }
}

fn painted(text: &str, colours: &[Option<AnsiColor>]) -> String {
    let mut out = String::new();
    let mut now: Option<AnsiColor> = None;
    for (at, c) in text.char_indices() {
        if colours[at] != now {
            out += &now.map_or_else(String::new, |c| format!("{:#}", c.on_default()));
            now = colours[at];
            out += &now.map_or_else(String::new, |c| c.on_default().to_string());
        }
        out.push(c);
    }
    out + &now.map_or_else(String::new, |c| format!("{:#}", c.on_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_told_plainly() {
        let of = |a: Option<&str>, b: Option<&str>| interval(Some(&json!({"earliest": a, "latest": b})));
        assert_eq!(of(Some("2031-04-02"), Some("2031-04-02")), "2031-04-02");
        assert_eq!(of(Some("2031-04-02"), None), "2031-04-02 or later");
        assert_eq!(of(None, None), "");
    }

    #[test]
    fn spans_are_painted_in_the_sentence() {
        let sentence = json!({"text": "Es sagte Ömer nichts.", "start": 100, "passage": "body"});
        let row = json!({"source": {"spans": [{"text": "Ömer", "start": 109, "end": 114}]}});
        let text = marked(sentence.as_object().unwrap(), row.as_object().unwrap());
        assert_eq!(text, "Es sagte \u{1b}[36mÖmer\u{1b}[0m nichts.");
        let title = json!({"text": "Bridge fell", "start": 0, "passage": "headline"});
        let row = json!({"trigger": {"text": "fell", "start": 7, "end": 11}});
        let text = marked(title.as_object().unwrap(), row.as_object().unwrap());
        assert_eq!(text, "Bridge \u{1b}[33mfell\u{1b}[0m");
    }
}
