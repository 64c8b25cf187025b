//! Treebanks: CoNLL-U files as documents of raw text, with what is known of each word.
//!
//! The raw text is put together from the treebank's own tokens, paragraphs and documents.

use hearsay_engine::WordInput;
use hearsay_types::Span;
use std::ops::Range;

/// A treebank word: where it stands in the raw text, and what the treebank says of it.
pub struct Word {
    /// Where it stands. The words of one token share its letters.
    pub span: Span,
    /// The word itself.
    pub form: String,
    pub lemma: String,
    pub upos: String,
    /// Its features; empty where there are none.
    pub feats: String,
    /// Index of its head among the document's words; none for a root.
    pub head: Option<usize>,
    pub deprel: String,
}

/// A treebank sentence.
pub struct Sentence {
    pub span: Span,
    /// Its words among the document's words.
    pub words: Range<usize>,
}

/// A document of a treebank.
#[derive(Default)]
pub struct Document {
    pub text: String,
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// The words of a sentence as the language engine takes them.
    pub fn inputs(&self, sentence: usize) -> Vec<WordInput<'_>> {
        let range = self.sentences[sentence].words.clone();
        let spaced = |i: usize| {
            let gap = self.text.get(self.words[i - 1].span.end..self.words[i].span.start);
            gap.is_some_and(|gap| gap.contains(char::is_whitespace))
        };
        let input = |i: usize| WordInput { text: &self.words[i].form, space_before: i == range.start || spaced(i) };
        range.clone().map(input).collect()
    }
}

/// Reads the documents of a CoNLL-U file.
pub fn documents(conllu: &str) -> Vec<Document> {
    let mut out: Vec<Document> = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in conllu.lines().chain([""]) {
        if !line.is_empty() {
            block.push(line);
            continue;
        }
        add_sentence(&mut out, &block);
        block.clear();
    }
    out
}

fn add_sentence(out: &mut Vec<Document>, block: &[&str]) {
    if block.iter().any(|l| l.starts_with("# newdoc")) || out.is_empty() {
        out.push(Document::default());
    }
    let Some(document) = out.last_mut() else { return };
    if block.iter().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) && !document.text.is_empty() {
        document.text.truncate(document.text.trim_end().len());
        document.text.push('\n');
    }
    let (first, start) = (document.words.len(), document.text.len());
    let mut heads = Vec::new();
    let mut inside = 0;
    for row in block.iter().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>()) {
        let [id, form, lemma, upos, _, feats, head, deprel, _, misc] = row[..] else { continue };
        let spaced = !misc.contains("SpaceAfter=No");
        if let Some((from, to)) = id.split_once('-') {
            inside = to.parse::<usize>().unwrap_or(0) + 1 - from.parse::<usize>().unwrap_or(0);
            document.text.push_str(form);
            // Its words share these letters: laid over them from the left, as far as they fit.
            document.text.push_str(if spaced { " \u{0}" } else { "\u{0}" });
            heads.push((document.text.len() - 1, form.len() + usize::from(spaced)));
            continue;
        }
        if id.contains('.') {
            continue;
        }
        let at = if inside > 0 {
            inside -= 1;
            let (mark, back) = heads.last().copied().unwrap_or((0, 0));
            let surface_start = mark - back;
            let at = document
                .words
                .last()
                .filter(|w| w.span.start >= surface_start && document.words.len() > first)
                .map_or(surface_start, |w| w.span.end);
            Span::new(at, (at + form.len()).min(mark))
        } else {
            document.text.push_str(form);
            Span::new(document.text.len() - form.len(), document.text.len())
        };
        if inside == 0 && document.text.ends_with('\u{0}') {
            document.text.pop();
        } else if !document.text.ends_with('\u{0}') && spaced {
            document.text.push(' ');
        }
        let head = head.parse::<usize>().ok().filter(|h| *h > 0).map(|h| first + h - 1);
        document.words.push(Word {
            span: at,
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            feats: if feats == "_" { String::new() } else { feats.to_owned() },
            upos: upos.to_owned(),
            head,
            deprel: deprel.to_owned(),
        });
    }
    let end = document.text.trim_end().len();
    if end > start {
        let words = first..document.words.len();
        document.sentences.push(Sentence { span: Span::new(start, end), words });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treebank_gives_back_its_text_and_spans() {
        let rows = "# newdoc id = a\n# newpar\n1-2\tThey're\t_\t_\t_\t_\t_\t_\t_\t_\n1\tThey\tthey\tPRON\t_\t_\t3\tnsubj\t_\t_\n\
                    2\t're\tbe\tAUX\t_\t_\t3\tcop\t_\t_\n3\tsafe\tsafe\tADJ\t_\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n\
                    # newpar\n1\tOk\tok\tINTJ\t_\t_\t0\troot\t_\t_\n\n";
        let documents = documents(rows);
        assert_eq!(documents.len(), 1);
        let text = &documents[0].text;
        assert_eq!(text.trim_end(), "They're safe.\nOk");
        let words: Vec<&str> = documents[0].words.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(words, ["They", "'re", "safe", ".", "Ok"]);
        assert_eq!(documents[0].sentences.iter().map(|s| s.span.of(text)).collect::<Vec<_>>(), ["They're safe.", "Ok"]);
        assert_eq!(documents[0].words[1].head, Some(2));
        let spaced: Vec<bool> = documents[0].inputs(0).iter().map(|w| w.space_before).collect();
        assert_eq!(spaced, [true, false, true, false]);
    }
}
