//! Captions and their credits.

use super::features::sentence_end;
use super::lines::words_of;
use super::words::Cue;
use hearsay_types::Caption;

/// Reads a caption's line: its words, and who made the picture. A credit in brackets stays in the words.
pub(super) fn read(line: &str) -> Caption {
    if let Some(credit) = bracketed(line) {
        return Caption { text: line.to_owned(), credit: Some(credit) };
    }
    match apart(line) {
        Some((text, credit)) => Caption { text, credit: Some(credit) },
        None => Caption { text: line.to_owned(), credit: None },
    }
}

/// "(Reuters)", "(Photo by ANN ORR / NAX)." at the end.
fn bracketed(line: &str) -> Option<String> {
    let inner = line.trim_end_matches(['.', ' ']).strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let credit = without_label(inner[open..].trim_start_matches(['(', '（']));
    let words = credit.split_whitespace().count();
    let named = credit.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
        || says_credit(credit);
    ((1..=9).contains(&words) && named && !credit.chars().all(|c| c.is_numeric() || c.is_whitespace()))
        .then(|| credit.to_owned())
}

/// "The bridge on Monday. Foto: Ann Orr/nax" is the words and a credit behind them.
fn apart(line: &str) -> Option<(String, String)> {
    let starts: Vec<usize> =
        line.char_indices().filter(|(_, c)| matches!(c, ' ' | '|' | '©')).map(|(at, _)| at).collect();
    let split = starts.into_iter().find(|at| {
        let (text, credit) = (line[..*at].trim_end_matches(['|', ' ']), &line[*at..]);
        let words = words_of(credit).len();
        text.len() >= 6 && (1..=8).contains(&words) && opens_credit(text, credit.trim_start_matches([' ', '|']))
    })?;
    let (text, credit) =
        (line[..split].trim_end_matches(['|', ' ', '–', '-']), line[split..].trim_start_matches(['|', ' ']));
    Some((text.to_owned(), without_label(credit).to_owned()))
}

/// Whether a credit begins here: at its label or sign, or behind the end of a sentence.
fn opens_credit(text: &str, credit: &str) -> bool {
    let first = credit.split_whitespace().next().unwrap_or("");
    let label = credit.contains(':') && first.ends_with(':') && says_credit(first);
    let sign = credit.starts_with('©');
    label
        || sign
        || (sentence_end(text)
            && !sentence_end(credit)
            && (says_credit(credit) || credit.contains('/') || names(credit)))
}

/// Whether two to six words are mostly capitalised, as names are.
fn names(credit: &str) -> bool {
    let words: Vec<&str> = credit.split_whitespace().collect();
    let capital = words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    (2..=6).contains(&words.len()) && capital * 10 >= words.len() * 6
}

fn says_credit(text: &str) -> bool {
    Cue::all(&words_of(text), text).has(Cue::Credit)
}

/// A credit without "Photo by", "Foto:", "©".
fn without_label(credit: &str) -> &str {
    let credit = credit.trim().trim_start_matches(['©', ' ']);
    match credit.split_once(':') {
        Some((label, name))
            if says_credit(label) && label.split_whitespace().count() <= 2 && !name.trim().is_empty() =>
        {
            name.trim()
        }
        _ => credit.strip_prefix("Photo by ").or_else(|| credit.strip_prefix("Photo: ")).unwrap_or(credit).trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_read_and_bracketed_ones_stay() {
        for (line, text, credit) in [
            (
                "Guards at the gate. (Reuters file photo)",
                "Guards at the gate. (Reuters file photo)",
                "Reuters file photo",
            ),
            ("A march, July 19, 2023 (Reuters).", "A march, July 19, 2023 (Reuters).", "Reuters"),
            ("A man looks on.  (Photo by ANN ORR / AFP)", "A man looks on.  (Photo by ANN ORR / AFP)", "ANN ORR / AFP"),
            (
                "Ministers meet. (Ombran Foreign Ministry)",
                "Ministers meet. (Ombran Foreign Ministry)",
                "Ombran Foreign Ministry",
            ),
            ("Die Brücke von Ombra am Montag. Foto: Ann Orr/dpa", "Die Brücke von Ombra am Montag.", "Ann Orr/dpa"),
            ("The bridge was closed. Getty Images/annorr", "The bridge was closed.", "Getty Images/annorr"),
            ("A road south of Ombra. Ann Orr for Coast News", "A road south of Ombra.", "Ann Orr for Coast News"),
            ("Das Haus am Fluss © Bo Ure", "Das Haus am Fluss", "Bo Ure"),
        ] {
            assert_eq!(read(line), Caption { text: text.to_owned(), credit: Some(credit.to_owned()) });
        }
    }

    #[test]
    fn brackets_that_name_nobody_are_no_credit() {
        for line in ["The old port (1912)", "A view of the town", "He won (again and again)"] {
            assert_eq!(read(line).credit, None, "{line}");
        }
    }
}
