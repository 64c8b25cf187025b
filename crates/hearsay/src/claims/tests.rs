#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

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
    assert_eq!(stances[..2], [Stance::Denies, Stance::Declines]);
    assert_ne!(stances[2], Stance::Confirms, "what could not be confirmed is not");
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

/// What the rules and a head that tells these cues, sources and contents (in words of the text) make of a text.
fn joined(text: &str, list: Vec<heads::Reading>, sureness: f32) -> Vec<String> {
    let article = Article::plain(text);
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let words = Words::of_body(&article, &parsed);
    let quotes = quotes::find(&words, &article.paragraphs);
    let mut finder = find::Finder { words: &words, quotes: &quotes, drafts: Vec::new() };
    words.sentences.iter().for_each(|(_, range)| finder.sentence(range.clone(), true));
    let mut outer = heads::Cues { sureness: vec![0.0; words.list.len()], list };
    for reading in &outer.list {
        outer.sureness[reading.cue.clone()].fill(sureness);
    }
    let readings = heads::Readings { outer, ..heads::Readings::default() };
    let joiner = join::Joiner { words: &words, quotes: &quotes, readings: &readings };
    let all = |ranges: &[Range<usize>]| ranges.iter().map(|r| words.of(r)).collect::<Vec<_>>().join(" .. ");
    let drafts = joiner.join(finder.drafts);
    drafts.iter().map(|d| format!("{} | {} | {}", all(&d.source), all(&d.cue), all(&d.content))).collect()
}

#[test]
fn a_head_finds_what_no_rule_knows_if_it_is_sure() {
    let text = "The guild floated a toll on salt.";
    let reading = heads::Reading { cue: 2..3, source: Some(0..2), content: vec![3..7] };
    assert_eq!(joined(text, vec![reading.clone()], 0.95), ["The guild | floated | a toll on salt"]);
    assert!(joined(text, vec![reading], 0.4).is_empty());
}

#[test]
fn rules_alone_keep_quotations_but_not_what_the_head_denies() {
    assert_eq!(joined("“We left at dawn,” said Lena Orr.", Vec::new(), 0.0), ["Lena Orr | said | “We left at dawn,”"]);
    assert!(joined("The mayor said that the bridge was open.", Vec::new(), 0.0).is_empty());
}

#[test]
fn content_that_a_head_tells_takes_whole_quotations() {
    let text = "The mayor said that it was “open to all of us”.";
    let reading = heads::Reading { cue: 2..3, source: Some(0..2), content: vec![3..10] };
    assert_eq!(joined(text, vec![reading], 0.9), ["The mayor | said | that it was “open to all of us”"]);
}

#[test]
fn stances_follow_the_words_of_the_content() {
    for (text, stance) in [
        ("Orvia said the army of Tolm had shelled the market.", Stance::Accuses),
        ("The army said its men had shelled the hill.", Stance::Asserts),
        ("She said they would send two ships.", Stance::Promises),
        ("He said he would not sign.", Stance::Declines),
        ("Voss said there was no siege.", Stance::Denies),
        ("Police said they had no evidence that he was there.", Stance::Doubts),
        ("Tolm rejected the offer.", Stance::Declines),
        ("The envoy agreed to meet them.", Stance::Promises),
        ("He called the report a forgery.", Stance::Denies),
        ("The envoy said Orvia will do everything possible to keep the bridge open.", Stance::Promises),
        (
            "Diplomats said that if the Front had sent guns to the coast, it was likely at the wish of Tolm.",
            Stance::Speculates,
        ),
    ] {
        let (claims, lines) = read(text);
        assert_eq!(claims.first().map(|c| c.stance), Some(stance), "{lines:?}");
    }
}

#[test]
fn a_role_beside_a_name_is_its_bearer_for_the_rest_of_the_story() {
    let (claims, _) = read("The mayor, Judit Orban, said it was late. The mayor added that it rained.");
    let names: Vec<_> = claims.iter().map(|c| c.source.name.as_deref()).collect();
    assert_eq!(names, [Some("Judit Orban"), Some("Judit Orban")]);
    let (claims, _) = read("The Salt Road Fund (SRF) paid. The SRF said it was enough.");
    assert_eq!(claims[0].source.name.as_deref(), Some("Salt Road Fund"));
}

#[test]
fn whom_a_telling_cites_tells_the_same_and_is_told_by_it() {
    let (claims, lines) = read("The Tolm Courier said, citing two diplomats, that the bridge was shut.");
    assert_eq!(
        lines,
        ["The Tolm Courier | said | that the bridge was shut", "two diplomats | citing | that the bridge was shut"]
    );
    assert_eq!((claims[1].parent, claims[0].stance), (Some(claims[0].id), Stance::Relays));
    let (_, lines) = read("The Tolm Courier said, citing the weather, that the bridge was shut.");
    assert!(!lines.iter().any(|l| l.starts_with("the weather")), "{lines:?}");
}

#[test]
fn straight_single_marks_quote_and_genitives_do_not_close_them() {
    let (claims, lines) = read("'We left the farmers' camp at dawn,' said Lena Orr.");
    assert_eq!(lines, ["Lena Orr | said | 'We left the farmers' camp at dawn,'"]);
    assert_eq!(claims[0].content.quote, Quote::Direct);
}

#[test]
fn pronouns_agree_with_whom_they_stand_for() {
    let (claims, lines) =
        read("Mr Voss said that the bridge was shut. Ms Orr said that the port was open. He added that it was cold.");
    assert_eq!(claims[2].source.name.as_deref(), Some("Voss"), "{lines:?}");
}

#[test]
fn of_two_presidents_the_one_that_spoke_last_is_the_president() {
    let text = "President Ivo Kant met President Dana Reth. Reth said that the bridge was shut. \
                The president added that the port was open.";
    let names: Vec<_> = read(text).0.into_iter().map(|c| c.source.name.unwrap_or_default()).collect();
    assert_eq!(names, ["Dana Reth", "Dana Reth"]);
}

#[test]
fn an_office_before_commas_is_the_role_of_the_name_behind_them() {
    let (claims, _) = read("The Executive Secretary, Adan Voss, said that the bridge was shut.");
    assert_eq!(claims[0].source.name.as_deref(), Some("Adan Voss"));
}

#[test]
fn the_marks_of_a_stance_name_rule_cue_and_head() {
    let article = Article::plain("Voss said that the army had gone.");
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let words = Words::of_body(&article, &parsed);
    let (claims, _) = read("Voss said that the army had gone.");
    let mut draft = Draft { class: "say", stance: "asserts", lemma: "say", ..Draft::default() };
    (draft.source, draft.cue, draft.content) = (vec![0..1], vec![1..2], vec![2..7]);
    let around = stance::Around {
        passes_on: false,
        has_child: false,
        child_denies: false,
        is_nested: false,
        before: None,
        quote: Quote::Indirect,
        source: &claims[0].source,
    };
    let plain = stance::marks_of(&words, &draft, &around);
    let has = |marks: &stance::Marks, mark: &str| marks.iter().any(|m| m.0 == mark);
    assert!(["rule asserts", "lemma say that", "main had", "no head"].iter().all(|m| has(&plain, m)), "{plain:?}");
    draft.likely = Some([1.0 / 12.0; 12]);
    let heard = stance::marks_of(&words, &draft, &around);
    assert!(has(&heard, "head accuses") && !has(&heard, "no head"));
    assert_eq!(stance::decide(&words, &draft, &around).0, Stance::Asserts);
}

#[test]
fn they_are_those_who_spoke_and_not_those_they_spoke_of() {
    let (claims, _) = read(
        "Sources close to the Harrow Front spoke to the paper. The sources said that witnesses believe the front is weak. \
         The breach was small, they said.",
    );
    let last = claims.last().and_then(|c| c.source.name.clone());
    assert!(last.as_deref().is_some_and(|n| n.to_lowercase().contains("sources")), "{last:?}");
}
