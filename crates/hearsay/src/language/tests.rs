use super::*;
use hearsay_types::{Caption, Dateline, Interval};

#[test]
fn title_body_and_captions_are_sentences_with_their_roles() {
    let mut article = Article::plain("TARMEEN- Guards fled. They left.\nIt rained.");
    article.title = Some("Guards Flee Tarmeen".to_owned());
    article.captions = vec![Caption { text: "A guard. (Photo)".to_owned(), credit: None }];
    article.dateline = Some(Dateline { span: Span::new(0, 8), place: None, date: Interval::UNKNOWN, agency: None });
    let (parsed, notes) = parse(&article, &Language::shipped());
    let got: Vec<(Role, &str)> =
        parsed.sentences.iter().map(|s| (s.role, s.span.of(article.text_of(s.text)))).collect();
    assert_eq!(
        got,
        [
            (Role::Headline, "Guards Flee Tarmeen"),
            (Role::Dateline, "TARMEEN-"),
            (Role::Body, "Guards fled."),
            (Role::Body, "They left."),
            (Role::Body, "It rained."),
            (Role::Caption, "A guard."),
            (Role::Caption, "(Photo)"),
        ]
    );
    assert!(notes.is_empty());
}

#[test]
fn every_byte_that_is_no_space_is_in_one_token() {
    let text = "“He said: ‘no’,” — al-Ḥasan’s e-mail… 5%!!\tx\u{a0}y (a@b.org) 🙂ok";
    let (parsed, _) = parse(&Article::plain(text), &Language::shipped());
    let joined: String = parsed.tokens.iter().map(|t| t.span.of(text)).collect();
    let expected: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(joined, expected);
}

#[test]
fn a_text_in_another_script_is_cut_and_noted() {
    let text = "قال المتحدث إن القوات غادرت المدينة. لم يعلق أحد.";
    let (parsed, notes) = parse(&Article::plain(text), &Language::shipped());
    assert_eq!(parsed.sentences.len(), 2);
    assert_eq!(notes[0].code, "script");
}
