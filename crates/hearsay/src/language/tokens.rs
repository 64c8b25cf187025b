//! Words and punctuation marks, cut as the English treebanks of Universal Dependencies (EWT, GUM) cut them.

use hearsay_data::words::{Abbreviation, abbreviation, closed};
use hearsay_types::Span;

/// Prefixes that stay with what follows their hyphen ("anti-war"); all other hyphens stand alone.
const PREFIXES: [&str; 36] = [
    "anti", "arch", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e", "ex", "extra", "inter", "intra",
    "macro", "mega", "micro", "mid", "mini", "multi", "neo", "non", "over", "pan", "para", "post", "pre", "pro",
    "pseudo", "re", "semi", "sub", "super", "ultra", "un", "under",
];

/// Units that stand alone after a number.
const UNITS: [&str; 16] =
    ["am", "pm", "a.m.", "p.m.", "km", "kg", "mm", "cm", "mph", "kph", "ft", "lbs", "lb", "oz", "hrs", "kms"];

/// Cuts a stretch of text into tokens. Spans are byte offsets into `text`; only white space is left out.
pub fn tokenize(text: &str, within: Span) -> Vec<Span> {
    let mut cutter = Cutter { text, end: within.end, out: Vec::with_capacity(within.len() / 5 + 1) };
    let mut at = within.start;
    for piece in within.of(text).split_inclusive(char::is_whitespace) {
        let chunk = Span::new(at, at + piece.len()).trimmed(text);
        at += piece.len();
        if !chunk.is_empty() {
            cutter.chunk(chunk);
        }
    }
    cutter.out
}

struct Cutter<'a> {
    text: &'a str,
    end: usize,
    out: Vec<Span>,
}

impl<'a> Cutter<'a> {
    fn of(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Span::new(start, end));
        }
    }

    /// A run of non-space characters: marks before, a core, marks after.
    fn chunk(&mut self, span: Span) {
        let body = self.of(span);
        if body.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return self.clitics(span);
        }
        if is_emoticon(body) {
            return self.push(span.start, span.end);
        }
        let start = self.leading(span);
        let (core, tail) = self.trailing(Span::new(start, span.end));
        self.core(core);
        self.marks(tail);
    }

    /// Puts out the marks that open a chunk; returns where the rest starts.
    fn leading(&mut self, span: Span) -> usize {
        let mut at = span.start;
        while let Some(c) = self.text[at..span.end].chars().next() {
            let rest = &self.text[at + c.len_utf8()..span.end];
            if is_word_char(c) || keeps_leading(c, rest) {
                break;
            }
            let run = run_length(&self.text[at..span.end]);
            self.push(at, at + run);
            at += run;
        }
        at
    }

    /// Parts the marks that close a chunk from its core.
    fn trailing(&self, span: Span) -> (Span, Span) {
        let mut end = span.end;
        while let Some(c) = self.text[span.start..end].chars().next_back() {
            let before = &self.text[span.start..end - c.len_utf8()];
            if is_word_char(c) || (c == '.' && self.keeps_full_stop(Span::new(span.start, end))) {
                break;
            }
            if matches!(c, '/' | '+') && is_url(&self.text[span.start..end]) {
                break;
            }
            if c == ')' && before.contains('(') && is_url(before) {
                break;
            }
            end -= c.len_utf8();
        }
        (Span::new(span.start, end), Span::new(end, span.end))
    }

    /// Whether the full stop that ends `span` belongs to its word.
    fn keeps_full_stop(&self, span: Span) -> bool {
        let word = self.of(span);
        if word.ends_with("..") || word.len() < 2 {
            return false;
        }
        let tail = word.rsplit(['-', '/', '—', '–', '(', '"', '“']).next().unwrap_or(word);
        let lower = tail.to_lowercase();
        let next = self.text[span.end..self.end].trim_start();
        let capital = next.chars().next().is_some_and(char::is_uppercase);
        match abbreviation(&lower) {
            Some(Abbreviation::BeforeNumber) => next.starts_with(|c: char| c.is_ascii_digit() || c == '#'),
            Some(Abbreviation::Title) => capital || next.starts_with(|c: char| c.is_ascii_digit()) || lower == "st.",
            Some(_) => lower != "co." || tail.starts_with('C'),
            None => is_initials(tail, capital && !starts_closed(next)),
        }
    }

    /// Marks at the end of a chunk, runs of one kind together.
    fn marks(&mut self, span: Span) {
        let mut at = span.start;
        while at < span.end {
            let run = run_length(&self.text[at..span.end]);
            self.push(at, at + run);
            at += run;
        }
    }

    /// What stands between the marks: a word, an address, a number, or several of them run together.
    fn core(&mut self, span: Span) {
        let body = self.of(span);
        if body.is_empty() {
            return;
        }
        if is_url(body) || is_emoticon(body) {
            return self.push(span.start, span.end);
        }
        if let Some((at, len)) = hard_break(body) {
            self.core(Span::new(span.start, span.start + at));
            self.push(span.start + at, span.start + at + len);
            return self.chunk_rest(Span::new(span.start + at + len, span.end));
        }
        if let Some(at) = missing_space(body) {
            self.core(Span::new(span.start, span.start + at));
            self.push(span.start + at, span.start + at + 1);
            return self.chunk_rest(Span::new(span.start + at + 1, span.end));
        }
        self.hyphens(span);
    }

    fn chunk_rest(&mut self, span: Span) {
        if !span.is_empty() {
            self.chunk(span);
        }
    }

    /// Cuts at hyphens, apart from prefixes, dates, telephone numbers and file names.
    fn hyphens(&mut self, span: Span) {
        let body = self.of(span);
        if !body.contains('-') || keeps_hyphens(body) {
            return self.clitics(span);
        }
        let mut from = span.start;
        for (i, _) in body.match_indices('-') {
            let at = span.start + i;
            let part = &self.text[from..at];
            if PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(part)) {
                continue;
            }
            self.clitics(Span::new(from, at));
            self.push(at, at + 1);
            from = at + 1;
        }
        self.clitics(Span::new(from, span.end));
    }

    /// Cuts "don't", "Hamas's", "cannot", "5pm", "$5", "50%".
    fn clitics(&mut self, span: Span) {
        let body = self.of(span);
        match clitic_at(body).or_else(|| unit_at(body)) {
            Some(at) if at > 0 && at < body.len() => {
                self.clitics(Span::new(span.start, span.start + at));
                self.push(span.start + at, span.end);
            }
            _ => self.push(span.start, span.end),
        }
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c) || matches!(c, '_')
}

/// Marks that join the letter before them: they open no token of their own.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '\u{ad}')
}

/// Whether a mark at the start of a chunk belongs to the word after it: "#tag", "@name", "'90s", "-5", ".5".
fn keeps_leading(c: char, rest: &str) -> bool {
    let next = rest.chars().next();
    match c {
        '#' | '@' => next.is_some_and(char::is_alphabetic),
        '\'' | '’' => {
            let lower = rest.to_lowercase();
            next.is_some_and(|n| n.is_ascii_digit()) && rest.len() <= 3
                || matches!(lower.as_str(), "s" | "re" | "ve" | "ll" | "em" | "til" | "tis")
        }
        '-' | '+' | '.' => {
            next.is_some_and(|n| n.is_ascii_digit())
                && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        }
        _ => false,
    }
}

/// The bytes of the run of like marks that a text starts with: "...", "!!!", "?!", "--", one quotation mark.
fn run_length(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let same: fn(char, char) -> bool = match first {
        '!' | '?' => |_, c| matches!(c, '!' | '?'),
        '.' | '-' | '*' | '=' | '_' | '~' | '<' | '>' | '`' | '#' | '\'' | '…' => |f, c| f == c,
        _ => |_, _| false,
    };
    let more: usize = chars.take_while(|c| same(first, *c) || is_combining(*c)).map(char::len_utf8).sum();
    first.len_utf8() + more
}

fn is_emoticon(text: &str) -> bool {
    const FACES: [&str; 22] = [
        ":)", ":(", ";)", ":-)", ":-(", ";-)", ":D", ":-D", ":P", ":-P", ":p", "=)", "(:", ":/", ":-/", ":o", ":O",
        "<3", "^_^", ":))", ":')", "xD",
    ];
    FACES.contains(&text)
}

fn is_url(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if lower.contains("://") || lower.starts_with("www.") {
        return true;
    }
    if let Some((name, host)) = lower.split_once('@') {
        return !name.is_empty() && !host.is_empty() && host.is_ascii();
    }
    let host = lower.split('/').next().unwrap_or("");
    const ENDINGS: [&str; 17] = [
        ".com", ".org", ".net", ".gov", ".edu", ".co.uk", ".info", ".doc", ".xls", ".pdf", ".htm", ".html", ".ir",
        ".ru", ".tv", ".sy", ".ua",
    ];
    host.len() > 4 && ENDINGS.iter().any(|e| host.ends_with(e) || lower.ends_with(e)) && host.is_ascii()
}

/// "U.S.", "J.", "F.O.B.": single letters with full stops. A lone letter counts only where a name seems to follow.
fn is_initials(word: &str, name_follows: bool) -> bool {
    let mut parts = word.trim_end_matches('.').split('.');
    let single = |p: &str| p.chars().count() == 1 && p.chars().all(char::is_alphabetic);
    if !word.contains('.') || !parts.clone().all(single) {
        return false;
    }
    let count = parts.by_ref().count();
    count > 1 || (name_follows && word.starts_with(|c: char| c.is_uppercase() && c != 'I'))
}

fn starts_closed(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    closed(&word.to_lowercase()).is_some()
}

/// The first mark inside a word that parts it whatever stands around: dashes, brackets, quotation marks, "...", a slash
/// between words, a comma or colon that is no number's.
fn hard_break(body: &str) -> Option<(usize, usize)> {
    let mut before: Option<char> = None;
    for (i, c) in body.char_indices() {
        let len = c.len_utf8();
        let after = body[i + len..].chars().next();
        let digits = before.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(|a| a.is_ascii_digit());
        let cuts = match c {
            _ if is_word_char(c) => false,
            '-' => after == Some('-'),
            '.' => {
                body[i..].starts_with("..")
                    || (before.is_some_and(is_closing) && after.is_some_and(char::is_alphabetic))
            }
            '—' | '–' | '…' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '«' | '»' | '„' | ';' | '!'
            | '?' | '<' | '>' | '=' | '*' | '|' | '~' | '،' | '؛' | '؟' | '。' | '、' | '，' | '！' | '？' | '：'
            | '$' | '€' | '£' | '%' | '+' | '#' => true,
            '/' => !digits && (i > 2 || body.len() - i > 3),
            ',' | ':' => !digits,
            '\'' | '’' | '‘' | '`' | '&' | '@' => false,
            _ => !c.is_ascii(),
        };
        if cuts {
            return Some((i, run_length(&body[i..])));
        }
        before = Some(c);
    }
    None
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '%')
}

/// The full stop of "process.The": two words of at least two letters run together, the second with a capital.
fn missing_space(body: &str) -> Option<usize> {
    body.match_indices('.').map(|(i, _)| i).find(|&i| {
        let (left, right) = (&body[..i], &body[i + 1..]);
        let word = left.rsplit(['.', '-']).next().unwrap_or("");
        let ends =
            word.len() > 1 && word.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '’' || c == '\'');
        let mut next = right.chars();
        ends && next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase)
    })
}

fn keeps_hyphens(body: &str) -> bool {
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = body.matches('-').count();
    let numeric = body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b':' | b'.' | b'+'));
    (numeric && hyphens > 1 && digits > 5) || (numeric && digits == 7 && body.len() == 8)
}

fn clitic_at(body: &str) -> Option<usize> {
    if body.is_ascii() && !body.contains(['\'', '`']) {
        return match body.to_ascii_lowercase().as_str() {
            "cannot" | "gonna" | "gotta" | "wanna" | "gimme" | "lemme" => Some(3),
            "dont" | "wont" | "cant" | "aint" => Some(2),
            "didnt" | "wasnt" | "isnt" | "doesnt" | "couldnt" | "wouldnt" | "havent" | "arent" => Some(body.len() - 2),
            _ => None,
        }
        .map(|n| if body.eq_ignore_ascii_case("gimme") || body.eq_ignore_ascii_case("lemme") { 3 } else { n });
    }
    let lower = body.to_lowercase();
    if lower.len() != body.len() {
        return None;
    }
    for mark in ["'", "’", "`", "‘"] {
        if lower.len() > mark.len() + 2 && lower.ends_with(&format!("n{mark}t")) {
            return Some(body.len() - mark.len() - 2);
        }
        for tail in ["s", "m", "d", "re", "ve", "ll"] {
            if lower.len() > mark.len() + tail.len() && lower.ends_with(&format!("{mark}{tail}")) {
                return Some(body.len() - mark.len() - tail.len());
            }
        }
    }
    None
}

/// Where the unit of "5pm" or "10km" starts.
fn unit_at(body: &str) -> Option<usize> {
    let at = body.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    (at > 0 && UNITS.iter().any(|u| u.eq_ignore_ascii_case(&body[at..]))).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let words: Vec<&str> = tokenize(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        words.join(" ")
    }

    #[test]
    fn clitics_and_numbers_are_cut_as_the_treebanks_cut_them() {
        assert_eq!(cut("They don't, can't and cannot."), "They do n't , ca n't and can not .");
        assert_eq!(cut("Orvia’s army took 50% of $5bn by 5pm."), "Orvia ’s army took 50 % of $ 5bn by 5 pm .");
        assert_eq!(cut("The militants' camp"), "The militants ' camp");
        assert_eq!(cut("200,000 people, 10:30 on 11/2/2001"), "200,000 people , 10:30 on 11/2/2001");
    }

    #[test]
    fn hyphens_stand_alone_but_not_after_prefixes() {
        assert_eq!(cut("al-Qassam's anti-war co-workers"), "al - Qassam 's anti-war co-workers");
        assert_eq!(cut("a 12-year-old; call 713-853-1234"), "a 12 - year - old ; call 713-853-1234");
    }

    #[test]
    fn full_stops_stay_with_abbreviations_only() {
        assert_eq!(
            cut("Maj. Gen. J. Smith of the U.S. Army met Sgt. No."),
            "Maj. Gen. J. Smith of the U.S. Army met Sgt. No ."
        );
        assert_eq!(cut("Jan. 12 was vitamin C. The end."), "Jan. 12 was vitamin C . The end .");
        assert_eq!(cut("the process.Middle-east news"), "the process . Middle - east news");
    }

    #[test]
    fn marks_run_together_only_with_their_like() {
        assert_eq!(cut("\"Why?!\" he asked... (yes)"), "\" Why ?! \" he asked ... ( yes )");
        assert_eq!(cut("see http://a.org/x-y_(z)."), "see http://a.org/x-y_(z) .");
        assert_eq!(cut("قال إن، هل؟"), "قال إن ، هل ؟");
    }
}
