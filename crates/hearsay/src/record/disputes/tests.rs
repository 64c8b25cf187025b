//! Claims and denials of a made-up border: which of them are one dispute?

use super::disputes;
use hearsay_types::incident::{Said, Told};
use hearsay_types::*;

fn actor(name: &str) -> ActorId {
    ActorId::of(&[name.as_bytes()])
}

/// A claim in an article of a day of April 2031; the actors that its content names stand in `actors`.
fn said(article: &str, day: i8, at: usize, source: &str, stance: Stance, content: &str) -> Said {
    let names = ["Tarn Front", "Tarn Guard", "Velmar", "Orvia", "Stone Brigades"];
    let article = ArticleId::of(&[article.as_bytes()]);
    Said {
        id: ClaimId::within(&article, &[content.as_bytes(), source.as_bytes()]),
        article,
        story: StoryId::parse(&article.to_string()).unwrap(),
        publisher: None,
        published: Interval::day(jiff::civil::date(2031, 4, day)),
        source: source.into(),
        source_actor: names.contains(&source).then(|| actor(source)),
        anonymous: false,
        stance,
        negated: false,
        content: content.into(),
        actors: names.iter().filter(|n| content.contains(**n)).map(|n| actor(n)).collect(),
        at,
    }
}

/// Whether a denial and an assertion meet, beside other claims that make words common or rare.
fn meet(assertion: Said, denial: Said) -> bool {
    let others = [
        "Orvia will hold an election in the autumn",
        "the price of flour has doubled in Velmar",
        "Stone Brigades took the ford in the night",
        "the road to the coast was closed by snow",
        "Tarn Front men had opened the prison at dawn",
        "talks about the dams would go on in Orvia",
    ];
    let mut claims: Vec<Said> =
        others.iter().enumerate().map(|(n, text)| said("other", 9, 100 * n, "a driver", Asserts, text)).collect();
    let ids = (assertion.id, denial.id);
    claims.extend([assertion, denial]);
    // The guard is a part of the front.
    let wholes = [(actor("Tarn Guard"), actor("Tarn Front"))].into();
    let found = disputes(&Told { claims, wholes, ..Told::default() }, &[]);
    let sides = |d: &Dispute| {
        (d.tellers_for.iter().any(|s| s.claim == Some(ids.0)), d.tellers_against.iter().any(|s| s.claim == Some(ids.1)))
    };
    assert!(found.iter().all(|d| sides(d) == (true, true)), "{found:#?}");
    !found.is_empty()
}

use Stance::{Accuses, Asserts, Denies};

#[test]
fn what_is_denied_in_the_words_it_is_asserted_in_is_one_dispute() {
    let shelled = || said("post", 3, 40, "Velmar", Accuses, "Tarn Front shelled the hospital of Qarda");
    assert!(meet(shelled(), said("post", 3, 200, "Tarn Front", Denies, "that it had shelled the hospital")));
    assert!(meet(shelled(), said("wire", 5, 10, "Tarn Front", Denies, "shelling the hospital of Qarda")));
    let no = "Tarn Front has never shelled the hospital of Qarda";
    assert!(meet(shelled(), said("wire", 4, 10, "a guard", Asserts, no)));
    let report = "that reports of shelling at the hospital by Tarn Front were not accurate";
    assert!(meet(shelled(), said("wire", 4, 10, "a guard", Asserts, report)));
}

#[test]
fn the_same_actors_are_not_enough() {
    let shelled = || said("post", 3, 40, "Velmar", Accuses, "Tarn Front shelled the hospital of Qarda");
    for other in [
        "that it had sold diesel to Orvia",
        "that Stone Brigades would be let across the bridge",
        "that talks with Velmar had broken down over the hospital",
        "that prisoners had been beaten",
    ] {
        assert!(!meet(shelled(), said("post", 3, 200, "Tarn Front", Denies, other)), "{other}");
    }
    let no = "Tarn Front will not hold an election";
    assert!(!meet(shelled(), said("wire", 4, 10, "a guard", Asserts, no)));
}

#[test]
fn another_actor_another_time_or_the_same_source_is_no_dispute() {
    let shelled = |source| said("post", 3, 40, source, Accuses, "Tarn Front shelled the hospital of Qarda in 2029");
    let no = |text| said("wire", 5, 10, "a guard", Denies, text);
    assert!(!meet(shelled("Velmar"), no("that Stone Brigades shelled the hospital of Qarda")));
    assert!(!meet(shelled("Velmar"), no("that Tarn Front shelled the hospital of Qarda in 2024")));
    assert!(meet(shelled("Velmar"), no("that Tarn Front shelled the hospital of Qarda")));
    assert!(!meet(shelled("a guard"), said("post", 3, 300, "a guard", Denies, "that Tarn Front shelled the hospital")));
}

#[test]
fn one_who_quotes_a_denial_does_not_assert_it() {
    let content = "Velmar said Tarn Front had no part in shelling the hospital of Qarda";
    let outer = said(
        "post",
        3,
        40,
        "a news agency",
        Asserts,
        "Velmar said Tarn Front had in its words no part in shelling the hospital",
    );
    assert!(!meet(outer, said("post", 3, 52, "Velmar", Denies, &content[12..])));
}

#[test]
fn a_bare_denial_answers_what_was_just_said_of_its_source() {
    let told = |source, at, content| said("post", 3, at, source, Asserts, content);
    let men = || told("a diplomat", 400, "Tarn Guard men were digging tunnels below the harbour");
    assert!(meet(men(), said("post", 3, 600, "Tarn Front", Denies, "any such link")));
    assert!(meet(men(), said("post", 3, 600, "Tarn Front", Denies, "the charge")));
    // Not by another, not before, not far away, not elsewhere, and not where it names a matter of its own.
    assert!(!meet(men(), said("post", 3, 600, "Orvia", Denies, "the charge")));
    assert!(!meet(men(), said("post", 3, 100, "Tarn Front", Denies, "the charge")));
    assert!(!meet(men(), said("post", 3, 9_000, "Tarn Front", Denies, "the charge")));
    assert!(!meet(men(), said("wire", 3, 600, "Tarn Front", Denies, "the charge")));
    assert!(!meet(men(), said("post", 3, 600, "Tarn Front", Denies, "plans for a second harbour")));
}

#[test]
fn those_who_are_not_there_did_not_do_it() {
    let men = |at| said("post", 3, at, "a diplomat", Asserts, "Tarn Guard has been training units close to Qarda");
    let no = "There are no members of Tarn Guard or any men of Tarn Front in Velmar";
    assert!(meet(men(40), said("post", 3, 300, "Osan Brem", Denies, no)));
    assert!(!meet(men(40), said("wire", 3, 300, "Osan Brem", Denies, no)), "only in one article");
    assert!(!meet(
        men(40),
        said("post", 3, 300, "Osan Brem", Denies, "There are no members of Stone Brigades in Velmar")
    ));
    assert!(!meet(men(40), said("post", 3, 300, "Osan Brem", Denies, "There is no election in Tarn Guard country")));
    assert!(!meet(
        men(40),
        said("post", 3, 300, "Osan Brem", Denies, "Tarn Front cannot put the interests of the United Ports first")
    ));
    // What it says of itself, and what is no act of men, is not meant.
    let own = said("post", 3, 40, "Tarn Guard", Asserts, "Tarn Guard has been training units close to Qarda");
    assert!(!meet(own, said("post", 3, 300, "Osan Brem", Denies, no)));
    let bank = said("post", 3, 40, "a diplomat", Asserts, "Tarn Guard has opened a bank in Qarda");
    assert!(!meet(bank, said("post", 3, 300, "Osan Brem", Denies, no)));
}

/// Hundreds of denials among thousands of assertions of one actor: each meets few.
#[test]
fn a_denial_meets_few_of_a_crowd() {
    let mut claims = Vec::new();
    for n in 0..3_000 {
        let text = format!("Tarn Front shelled the hospital of Town{}o at hour {}", n % 300, n % 23);
        claims.push(said(&format!("a{n}"), 1 + (n % 27) as i8, 10, "Velmar", Accuses, &text));
    }
    for n in 0..300 {
        let text = format!("that it had shelled the hospital of Town{n}o");
        claims.push(said(&format!("d{n}"), 14, 10, "Tarn Front", Denies, &text));
    }
    let found = disputes(&Told { claims, ..Told::default() }, &[]);
    assert_eq!(found.len(), 300, "each town is a dispute of its own");
    assert!(found.iter().all(|d| d.tellers_for.len() <= 8 && d.tellers_against.len() == 1));
}
