//! `code FILE...`: what the path finds in plain texts, a row a line, for a person to read.

use crate::asked::{self, PathArgs};
use anyhow::{Context, Result};
use hearsay_types::{Article, Coded, Participant, Span};

/// Prints claims and events of each file, taken as one story's text.
pub fn run(args: &[String]) -> Result<()> {
    let asked: PathArgs = asked::args("code", args)?;
    let hearsay = asked.hearsay()?;
    for file in &asked.names {
        let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        print(&hearsay.code(Article::plain(&text)));
    }
    Ok(())
}

fn print(coded: &Coded) {
    let text = &coded.article.text;
    let show = |spans: &[Span]| spans.iter().map(|s| s.of(text).replace('\n', " ")).collect::<Vec<_>>().join(" .. ");
    for c in &coded.claims {
        let outer = if c.parent.is_some() { "  > " } else { "" };
        println!(
            "{outer}CLAIM {:?}/{:?}{} {} | {} | {:?} {:?} | {}",
            c.source.name.as_deref().unwrap_or("-"),
            c.source.kind,
            if c.source.anonymous { " anonymous" } else { "" },
            show(&c.source.spans),
            show(&c.cue.spans),
            c.stance,
            c.content.quote,
            show(&c.content.spans)
        );
    }
    for e in &coded.events {
        let side = |list: &[Participant]| {
            list.iter().map(|p| format!("{} ({})", p.span.of(text), p.name)).collect::<Vec<_>>().join("+")
        };
        println!(
            "EVENT {} [{}] {} -> {} {:?} at {:?} on {:?}",
            e.kind,
            e.trigger.of(text),
            side(&e.actors),
            side(&e.recipients),
            e.status,
            e.place.as_ref().map(|p| &p.name),
            e.time.as_ref().map(|t| t.interval)
        );
    }
}
