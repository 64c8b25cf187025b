//! From scraped text to the stories that stand in it.

mod banner;
mod captions;
mod comments;
mod echoes;
mod features;
mod gaps;
mod heads;
mod lines;
mod pages;
mod story;
mod weights;
mod words;

use hearsay_types::{Article, Note, Origin, Page, Span};
use story::{Paragraph, Story};

/// The lines of a page with the numbers that the weights look at, for training.
pub fn training_rows(text: &str, url: Option<&str>) -> (Vec<&'static str>, Vec<(String, Vec<f32>)>) {
    let lines = lines::split(text, super::tongue::of(text).as_deref());
    let rows = features::rows(&lines, &slug(url));
    let texts = lines.iter().map(|l| l.text.to_owned());
    (features::NAMES.to_vec(), texts.zip(rows.iter().map(|r| r.to_vec())).collect())
}

/// The words of the last part of an address that has at least three, as the addresses of stories do.
fn slug(url: Option<&str>) -> Vec<String> {
    let parsed = url.and_then(|u| url::Url::parse(u).ok());
    let Some(path) = parsed.as_ref().map(|u| u.path()) else { return Vec::new() };
    let decoded = percent_decoded(path);
    let parts = decoded.split('/').rev().map(|part| {
        let words = lines::words_of(part).into_iter().map(|w| features::plain(&w).into_owned());
        words
            .filter(|w| {
                w.chars().count() > 2
                    && !w.chars().any(char::is_numeric)
                    && !matches!(w.as_str(), "html" | "htm" | "php")
            })
            .collect::<Vec<_>>()
    });
    parts.into_iter().find(|words| words.len() >= 3).unwrap_or_default()
}

/// Percent signs read as UTF-8; a path that is not stays as it is.
fn percent_decoded(path: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), path.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let pair = (*first == b'%')
            .then(|| std::str::from_utf8(after.get(..2)?).ok().and_then(|h| u8::from_str_radix(h, 16).ok()))
            .flatten();
        out.push(pair.unwrap_or(*first));
        rest = if pair.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

/// Finds the stories of a scraped page.
pub(super) fn extract(page: &Page, text: &str) -> (Vec<Article>, Vec<Note>) {
    let language = super::tongue::of(text);
    let stories = pages::stories(text, language.as_deref(), &slug(page.declared.url.as_deref()));
    let articles = (0..).zip(stories).map(|(nth, story)| story.article(page, nth)).collect();
    (articles, Vec::new())
}

/// Takes the whole text as one story: every line that is not empty is a paragraph.
pub(super) fn whole(page: &Page, text: &str) -> (Vec<Article>, Vec<Note>) {
    let declared = &page.declared;
    let story = Story {
        title: declared.title.clone(),
        byline: declared.byline.clone(),
        paragraphs: wrapped(text).unwrap_or_else(|| lines(text)),
        ..Story::default()
    };
    let articles = if story.paragraphs.is_empty() { Vec::new() } else { vec![story.article(page, 0)] };
    (articles, Vec::new())
}

/// One paragraph a line.
fn lines(text: &str) -> Vec<Paragraph> {
    spans_of_lines(text)
        .into_iter()
        .map(|s| s.trimmed(text))
        .filter(|s| !s.is_empty())
        .map(|s| Paragraph::of(text, s))
        .collect()
}

/// One paragraph a block of lines, for text that was broken at a fixed width, as wires are; none for any other text.
/// A line break inside becomes a blank.
fn wrapped(text: &str) -> Option<Vec<Paragraph>> {
    let blocks = blocks(text);
    let inner: Vec<usize> = blocks
        .iter()
        .flat_map(|b| b.split_last().map_or(&[][..], |(_, all)| all))
        .map(|s| s.of(text).trim_end().chars().count())
        .collect();
    let (longest, lines) = (inner.iter().max()?, blocks.iter().map(Vec::len).sum::<usize>());
    let full = inner.iter().filter(|n| **n + 16 > *longest).count();
    let is_wrapped =
        inner.len() >= 5 && inner.len() * 2 > lines && (50..=100).contains(longest) && full * 10 >= inner.len() * 9;
    is_wrapped.then(|| blocks.into_iter().map(|b| joined(text, &b)).collect())
}

/// The lines between empty lines.
fn blocks(text: &str) -> Vec<Vec<Span>> {
    let mut out = vec![Vec::new()];
    for span in spans_of_lines(text) {
        match (span.of(text).trim().is_empty(), out.last_mut()) {
            (false, Some(block)) => block.push(span),
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|b| !b.is_empty());
    out
}

fn joined(text: &str, lines: &[Span]) -> Paragraph {
    let words: Vec<&str> = lines.iter().map(|s| s.of(text).trim()).collect();
    let all = lines[0].to(lines[lines.len() - 1]).trimmed(text);
    Paragraph { text: words.join(" "), origin: Origin::Bytes(all) }
}

/// Where each line stands, without its line end.
fn spans_of_lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.trim_end_matches('\r').len());
            start += line.len() + 1;
            span
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wire_broken_at_a_width_is_joined() {
        let text = "   PORT OMBRA, 3 JAN 90 (NAX) -- [TEXT] THE ARMY SAID TODAY THAT ITS\nTROOPS HAD LEFT THE VALLEY AFTER FOUR WEEKS OF FIGHTING WITH THE\nREBELS OF THE NORTHERN FRONT.\n\n   A SPOKESMAN TOLD REPORTERS IN THE CAPITAL THAT THE LAST SOLDIERS\nHAD CROSSED THE BRIDGE AT DAWN. HE GAVE NO NUMBER OF THE DEAD OR\nWOUNDED AND SAID THAT THE HIGHWAY WOULD BE OPEN TO ALL TRAVELLERS\nFROM TOMORROW.\n";
        let paragraphs = wrapped(text).expect("wrapped");
        assert_eq!(paragraphs.len(), 2);
        assert!(paragraphs[0].text.ends_with("FIGHTING WITH THE REBELS OF THE NORTHERN FRONT."));
        let Origin::Bytes(span) = paragraphs[1].origin else { panic!("text stands at bytes") };
        assert!(span.of(text).starts_with("A SPOKESMAN") && span.of(text).ends_with("TOMORROW."));
    }

    #[test]
    fn plain_paragraphs_stay_one_a_line() {
        let text = "First paragraph.\r\nSecond  one, spaced.\n\n  Third.  \n";
        assert_eq!(wrapped(text), None);
        let found: Vec<_> = lines(text).into_iter().map(|p| p.text).collect();
        assert_eq!(found, ["First paragraph.", "Second  one, spaced.", "Third."]);
    }
}
