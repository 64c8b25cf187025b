//! Text as a reader sees it: white space folded, nothing invisible, and what can be counted in it in any script.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Whether a character shows nothing and joins nothing: soft hyphens, zero-width spaces, byte order and direction marks,
/// controls. Joiners stay: Persian and Indic words are spelled with them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{FFFC}')
        || (c.is_control() && !c.is_whitespace())
}

/// Appends `raw` to `out` with white space folded to one space. `start` is where the present block begins in `out`: it
/// gets no space in front. A space at the end of `raw` is kept as a trailing space of `out`.
pub(super) fn append(out: &mut String, start: usize, raw: &str) {
    let mut rest = raw;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|b| !b.is_ascii_graphic()).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() || c == '\u{2800}' || c == '\u{3164}' {
            if out.len() > start && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// `raw` as one line: white space folded and trimmed, nothing invisible, in Unicode's composed form (NFC).
pub(super) fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    append(&mut out, 0, raw);
    out.truncate(out.trim_end().len());
    composed(out)
}

/// The text in Unicode's composed form (NFC).
pub(super) fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc(&text) { text } else { text.nfc().collect() }
}

/// What can be counted in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stats {
    /// Its length in units: a letter is one, a character that stands for a syllable or a word (Han, kana, Hangul) two.
    pub units: f32,
    /// Words; in scripts without spaces, two characters count as one.
    pub words: f32,
    /// Marks that part a sentence within.
    pub commas: u16,
    /// Marks that end a sentence.
    pub stops: u16,
    /// Digits.
    pub digits: u16,
    /// Upper-case letters.
    pub upper: u16,
    /// Letters that have case.
    pub cased: u16,
    /// Quotation marks.
    pub quotes: u16,
    /// Signs that furniture is made of: bars, bullets, arrows, copyright, at.
    pub signs: u16,
    /// Whether it ends as a sentence ends.
    pub ends: bool,
    /// Whether it ends with a colon.
    pub colon: bool,
    /// Whether it opens with an upper-case letter, a quotation mark, or a letter without case.
    pub opens: bool,
}

/// Whether a character stands for a syllable or a word.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether words are written without spaces between them in the script of this character.
pub(super) fn is_unspaced(c: char) -> bool {
    (is_wide(c) && !matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}'))
        || matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '．'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '၊'
            | '။'
            | '។'
            | '‼'
            | '⁇'
    )
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | ';' | '،' | '؛' | '、' | '，' | '；' | '፣' | '՝')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '「' | '」' | '『' | '』' | '‹' | '›')
}

fn is_closing(c: char) -> bool {
    is_quote(c) || matches!(c, ')' | ']' | '）' | '】' | ' ' | '*')
}

impl Stats {
    /// Counts a text.
    pub fn of(text: &str) -> Stats {
        let mut stats = Stats::default();
        let mut in_word = false;
        let mut unspaced = 0u32;
        for c in text.chars() {
            let wide = is_wide(c);
            stats.units += if wide { 2.0 } else { 1.0 };
            let word = c.is_alphanumeric();
            if word && is_unspaced(c) {
                unspaced += if wide { 2 } else { 1 };
                in_word = false;
            } else {
                stats.words += f32::from(u8::from(word && !in_word));
                in_word = word || (in_word && matches!(c, '\'' | '’' | '-'));
            }
            stats.count(c);
        }
        stats.words += unspaced as f32 / 4.0;
        let last = text.chars().rev().find(|c| !is_closing(*c));
        stats.ends = last.is_some_and(is_stop);
        stats.colon = last.is_some_and(|c| matches!(c, ':' | '：'));
        let first = text.chars().next();
        stats.opens =
            first.is_some_and(|c| is_quote(c) || c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        stats
    }

    fn count(&mut self, c: char) {
        let add = |n: &mut u16, is: bool| *n = n.saturating_add(u16::from(is));
        if c.is_alphabetic() {
            let upper = c.is_uppercase();
            add(&mut self.upper, upper);
            add(&mut self.cased, upper || c.is_lowercase());
            return;
        }
        add(&mut self.commas, is_comma(c));
        add(&mut self.stops, is_stop(c));
        add(&mut self.digits, c.is_numeric());
        add(&mut self.quotes, is_quote(c));
        add(
            &mut self.signs,
            matches!(c, '|' | '•' | '·' | '›' | '»' | '→' | '▶' | '►' | '©' | '@' | '#' | '/' | '+' | '>' | '<' | '='),
        );
    }
}

/// The words of a text in small letters: runs of letters and digits, and each character of unspaced scripts alone.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let first = rest.chars().next()?;
        let end = match is_unspaced(first) {
            true => first.len_utf8(),
            false => rest.find(|c: char| !c.is_alphanumeric() || is_unspaced(c)).unwrap_or(rest.len()),
        };
        let word = &rest[..end];
        rest = &rest[end..];
        Some(word)
    })
}

/// A hash of a word that does not mind case.
pub(super) fn word_hash(word: &str) -> u64 {
    let step = |h: u64, b: u32| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    let seed = 0xcbf2_9ce4_8422_2325;
    match word.is_ascii() {
        true => word.bytes().fold(seed, |h, b| step(h, u32::from(b.to_ascii_lowercase()))),
        false => word.chars().flat_map(char::to_lowercase).fold(seed, |h, c| step(h, c as u32)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_clean() {
        assert_eq!(clean(" a\u{a0}\n b\u{ad}c\u{200b} e\u{301} "), "a bc é");
        assert_eq!(clean("می\u{200c}خواهد"), "می\u{200c}خواهد");
    }

    #[test]
    fn scripts_without_spaces_are_counted_like_the_others() {
        let han = Stats::of("昨日，市政府宣布停火。");
        assert!(han.ends && han.commas == 1 && han.units >= 20.0 && han.words >= 4.0);
        let arabic = Stats::of("قال المتحدث، إن الهدنة بدأت؟");
        assert!(arabic.ends && arabic.opens && arabic.words == 5.0);
    }

    #[test]
    fn words_are_runs_or_single_characters() {
        assert_eq!(words("Al-Noor, 停火 3").collect::<Vec<_>>(), ["Al", "Noor", "停", "火", "3"]);
        assert_eq!(word_hash("Noor"), word_hash("nOOR"));
    }
}
