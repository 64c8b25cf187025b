//! Where sentences end.

use hearsay_data::words::{Abbreviation, abbreviation, closed};
use hearsay_types::Span;
use std::ops::Range;

/// Cuts the tokens of one paragraph into sentences, as ranges of `tokens`. Together they hold every token once.
pub fn split(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some(next) = after_end(text, tokens, at) else {
            at += 1;
            continue;
        };
        out.push(start..next);
        start = next;
        at = next;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// If a sentence ends with the mark at `at`, the index of the first token of the next one.
fn after_end(text: &str, tokens: &[Span], at: usize) -> Option<usize> {
    let word = tokens[at].of(text);
    let last = word.chars().next_back()?;
    if is_rule(word) {
        return (at + 1 < tokens.len()).then_some(at + 1);
    }
    if !matches!(last, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？') {
        return None;
    }
    let next = after_closers(text, tokens, at + 1);
    let following = tokens.get(next)?;
    let spaced = following.start > tokens[next - 1].end;
    let ends = match last {
        '؟' | '۔' | '。' | '！' | '？' => true,
        '!' | '?' => !continues(text, tokens, next, next > at + 1),
        _ if word.len() > 1 && !word.starts_with('.') && word != "…" => abbreviation_ends(text, word, tokens, next),
        _ if word.starts_with("..") || word == "…" => spaced && opens(text, tokens, next),
        _ => full_stop_ends(text, tokens, at, next, spaced),
    };
    ends.then_some(next)
}

/// A line drawn with typing marks, such as `=====`: what it parts are sentences of their own.
fn is_rule(word: &str) -> bool {
    word.len() >= 5 && word.bytes().all(|b| matches!(b, b'=' | b'_' | b'*' | b'-' | b'~' | b'#'))
}

/// Skips the quotation marks and brackets that close right after a full stop.
fn after_closers(text: &str, tokens: &[Span], mut at: usize) -> usize {
    while let Some(span) = tokens.get(at) {
        let attached = span.start == tokens[at - 1].end;
        let closes = matches!(span.of(text), "\"" | "”" | "’" | "'" | "''" | "»" | ")" | "]" | "“" | "’’" | "›");
        let opens_next =
            tokens.get(at + 1).is_some_and(|n| n.start == span.end) && span.of(text) != "”" && span.of(text) != ")";
        // A straight mark glued to both sides closes where the full stop stands before it: `end."He`.
        if !closes || !attached || (span.of(text) == "“" && opens_next) {
            break;
        }
        at += 1;
    }
    at
}

fn full_stop_ends(text: &str, tokens: &[Span], at: usize, next: usize, spaced: bool) -> bool {
    let glued = !spaced && tokens[at].end == tokens[next].start;
    if glued {
        return tokens[next].of(text).starts_with(char::is_uppercase) || is_opener(tokens[next].of(text));
    }
    let first = tokens[next].of(text).chars().next().unwrap_or(' ');
    if first.is_lowercase() && next > at + 1 {
        // A quotation closed and its teller follows: `"It is so." said the mayor`.
        return false;
    }
    // "1. Take it": the number of a list.
    let listed = at > 0 && tokens[at - 1].of(text).bytes().all(|b| b.is_ascii_digit()) && tokens[at - 1].len() < 3;
    !(listed && (at == 1 || first.is_lowercase())) && !matches!(first, ',' | ';' | ':' | ')')
}

/// Whether the sentence goes on after a closed question or shout: `"Why?" asked the mayor`, `"Go!" Smith said`.
fn continues(text: &str, tokens: &[Span], next: usize, quoted: bool) -> bool {
    let word = tokens[next].of(text);
    let first = word.chars().next().unwrap_or(' ');
    if first.is_lowercase() {
        return quoted;
    }
    if matches!(first, '.' | ',' | ';' | ':' | ')' | '-' | '–' | '—') {
        return true;
    }
    quoted && tokens.iter().skip(next).take(4).any(|t| TELLS.contains(&t.of(text)))
}

const TELLS: [&str; 12] = [
    "said", "says", "asked", "asks", "added", "told", "wrote", "replied", "shouted", "tweeted", "demanded", "wondered",
];

fn abbreviation_ends(text: &str, word: &str, tokens: &[Span], next: usize) -> bool {
    let ends = match abbreviation(&word.to_lowercase()) {
        Some(Abbreviation::Ends) => true,
        Some(_) => false,
        None => word.matches('.').count() > 1,
    };
    let following = tokens[next].of(text);
    let opener = is_opener(following) && tokens.get(next + 1).is_some_and(|t| starts_sentence(t.of(text)));
    ends && (opener || starts_sentence(following))
}

/// A capitalised word that opens sentences but no names: "The", "But", "He", "In".
fn starts_sentence(word: &str) -> bool {
    let capital = word.starts_with(char::is_uppercase);
    let name_like = matches!(word, "I" | "May" | "Will" | "No" | "Us" | "US" | "IT" | "Of" | "And");
    capital && !name_like && closed(&word.to_lowercase()).is_some()
}

fn opens(text: &str, tokens: &[Span], at: usize) -> bool {
    let word = tokens[at].of(text);
    word.starts_with(char::is_uppercase) && word != "I" || is_opener(word)
}

fn is_opener(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "«" | "„" | "(" | "[" | "``")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tokens::tokenize;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokenize(text, Span::new(0, text.len()));
        split(text, &tokens).into_iter().map(|r| tokens[r.start].to(tokens[r.end - 1]).of(text)).collect()
    }

    #[test]
    fn titles_and_initials_end_nothing() {
        assert_eq!(
            cut("Maj. Gen. J. R. Voss met Dr. Adan on Jan. 12. He left."),
            ["Maj. Gen. J. R. Voss met Dr. Adan on Jan. 12.", "He left."]
        );
        assert_eq!(
            cut("He lives in the U.S. The army of the U.S. Navy came."),
            ["He lives in the U.S.", "The army of the U.S. Navy came."]
        );
    }

    #[test]
    fn quotations_keep_their_tellers() {
        assert_eq!(
            cut("“Why?” asked the mayor. “We left.” He wept."),
            ["“Why?” asked the mayor.", "“We left.”", "He wept."]
        );
        assert_eq!(cut("\"Go!\" Lena Orr shouted. \"Stay.\""), ["\"Go!\" Lena Orr shouted.", "\"Stay.\""]);
    }

    #[test]
    fn a_missing_space_does_not_join_sentences() {
        assert_eq!(cut("It is the process.Then it ended."), ["It is the process.", "Then it ended."]);
    }

    #[test]
    fn questions_end_before_small_letters_too() {
        assert_eq!(cut("did they leave? the road is closed."), ["did they leave?", "the road is closed."]);
        assert_eq!(cut("“Did they leave?” the driver asked."), ["“Did they leave?” the driver asked."]);
        assert_eq!(cut("It rose (by half?). It fell."), ["It rose (by half?).", "It fell."]);
    }

    #[test]
    fn lines_of_marks_part_sentences() {
        assert_eq!(cut("The camp is open ===== Read on"), ["The camp is open =====", "Read on"]);
        assert_eq!(cut("a five-day march -- no more"), ["a five-day march -- no more"]);
    }

    #[test]
    fn other_scripts_end_their_sentences() {
        assert_eq!(cut("هل غادر؟ نعم."), ["هل غادر؟", "نعم."]);
        assert_eq!(cut("他走了。她来了。"), ["他走了。", "她来了。"]);
    }
}
