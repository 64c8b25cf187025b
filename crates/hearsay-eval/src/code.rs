//! `code FILE...`: what the path finds in plain texts, a row a line, for a person to read.

use crate::asked::{self, PathArgs};
use anyhow::{Context, Result};
use hearsay_types::{Article, Coded, Participant, Span};

#[derive(Debug, clap::Parser)]
struct Args {
    /// Print every word with its tree as well.
    #[arg(long)]
    trees: bool,
    #[command(flatten)]
    path: PathArgs,
}

/// Prints claims and events of each file, taken as one story's text.
pub fn run(args: &[String]) -> Result<()> {
    let asked: Args = asked::args("code", args)?;
    let hearsay = asked.path.hearsay()?;
    for file in &asked.path.names {
        let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        let coded = hearsay.code(Article::plain(&text));
        if asked.trees {
            trees(&coded);
        }
        print(&coded);
    }
    Ok(())
}

/// Every word of the body with its part of speech, its relation and the word it depends on.
fn trees(coded: &Coded) {
    let text = &coded.article.text;
    for token in &coded.parsed.tokens {
        let head = token.head.and_then(|h| coded.parsed.tokens.get(h)).map_or("-", |h| h.span.of(text));
        println!(
            "{:16} {:16} {:?} {} < {head} {}",
            token.span.of(text),
            token.lemma.as_deref().unwrap_or("-"),
            token.upos,
            token.deprel.as_deref().unwrap_or("-"),
            token.feats
        );
    }
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
