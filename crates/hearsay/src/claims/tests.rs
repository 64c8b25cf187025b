use super::*;
use hearsay_types::{Naming, SourceKind, Stance};

/// The claims of a text, as "source | cue | content".
fn read(text: &str) -> (Vec<Claim>, Vec<String>) {
    let article = Article::plain(text);
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let claims = attribute(&article, &parsed, &Entities::default(), None);
    let show = |spans: &[Span]| spans.iter().map(|s| s.of(&article.text)).collect::<Vec<_>>().join(" .. ");
    let lines = claims
        .iter()
        .map(|c| format!("{} | {} | {}", show(&c.source.spans), show(&c.cue.spans), show(&c.content.spans)));
    let lines = lines.collect();
    (claims, lines)
}

#[test]
fn indirect_speech_is_found_with_and_without_that() {
    let (_, lines) = read(
        "The mayor of Tolm, a former guard, said on Monday that the bridge was open. She added the port was closed.",
    );
    assert_eq!(
        lines,
        ["The mayor of Tolm, a former guard | said | that the bridge was open", "She | added | the port was closed"]
    );
}

#[test]
fn quotations_meet_their_tellers_on_either_side() {
    let (claims, lines) = read("“We left at dawn,” said Lena Orr, a nurse. “Nobody helped us.”");
    assert_eq!(lines, ["Lena Orr, a nurse | said | “We left at dawn,” .. “Nobody helped us.”"]);
    assert_eq!(claims[0].content.quote, Quote::Direct);
    assert_eq!(claims[0].source.name.as_deref(), Some("Lena Orr"));
}

#[test]
fn a_participle_shares_the_source_and_ends_the_content_before_it() {
    let (claims, lines) =
        read("Orvian media detailed the raid, saying a commander had fled. It added that he was safe.");
    assert!(lines.contains(&"Orvian media | saying | a commander had fled".to_owned()), "{lines:?}");
    assert_eq!(claims.last().and_then(|c| c.source.name.as_deref()), Some("Orvian media"));
    assert_eq!(claims.last().map(|c| c.source.kind), Some(SourceKind::Media));
}

#[test]
fn denials_and_refusals_keep_their_stance() {
    let (claims, _) =
        read("The front denied any link. The ministry declined to comment. Voss said he could not confirm the report.");
    let stances: Vec<Stance> = claims.iter().filter(|c| c.parent.is_none()).map(|c| c.stance).collect();
    assert_eq!(stances, [Stance::Denies, Stance::Declines, Stance::Asserts]);
}

#[test]
fn a_telling_inside_a_telling_has_a_parent() {
    let (claims, _) = read("The site reported that the colonel announced that the guards would leave.");
    assert_eq!(claims.len(), 2);
    assert_eq!(claims[1].parent, Some(claims[0].id));
}

#[test]
fn unnamed_sources_are_anonymous_and_named_ones_are_not() {
    let (claims, _) =
        read("Palestrian sources close to the Front said it had left. According to Dana Reth, it stayed.");
    assert!(claims[0].source.anonymous && claims[0].source.naming == Naming::Described);
    assert!(!claims[1].source.anonymous && claims[1].source.naming == Naming::Named);
}
