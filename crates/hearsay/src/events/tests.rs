use super::*;
use hearsay_types::{NumberKind, Status};

fn read(text: &str) -> Vec<Event> {
    let article = Article::plain(text);
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let entities = crate::entities::resolve(&article, &parsed, &crate::entities::Knowledge::shipped());
    let claims = crate::claims::attribute(&article, &parsed, &entities, None);
    code(&article, &parsed, &entities, &claims, None)
}

fn line(text: &str, event: &Event) -> String {
    let side = |list: &[Participant]| list.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join("+");
    format!("{} {} -> {} {:?}", event.kind, side(&event.actors), side(&event.recipients), event.status)
}

fn lines(text: &str) -> Vec<String> {
    read(text).iter().map(|e| line(text, e)).collect()
}

#[test]
fn an_act_has_its_own_actor_and_not_its_teller() {
    let text = "The Harrow Observatory said eight people were killed in an air strike by government forces.";
    let events = read(text);
    assert_eq!(line(text, &events[0]), "ASSAULT government forces -> eight people Happened");
    assert_eq!((events[0].numbers[0].kind, events[0].numbers[0].low), (NumberKind::Killed, Some(8)));
    assert_eq!(events[0].tellers.len(), 2);
}

#[test]
fn refusals_hold_no_act_of_their_own() {
    assert_eq!(
        lines("The Harrow Front refused to release the guards."),
        ["REJECT The Harrow Front -> guards Happened".replace("The Harrow", "Harrow")]
    );
}

#[test]
fn hearsay_and_denial_mark_the_act() {
    let events = read("Voss had reportedly met with the mayor.");
    assert_eq!((events[0].kind, events[0].status), ("CONSULT", Status::Alleged));
    let events = read("The Harrow Front attacked the convoy. The Harrow Front denied any such attack.");
    assert_eq!(events[0].status, Status::Disputed);
}

#[test]
fn some_words_make_a_verb_of_force_none() {
    assert!(lines("A battle of words took place at the old mine.").is_empty());
    assert!(lines("The injured guards were taken to hospital, and the hearing took place in Merun.").is_empty());
    assert_eq!(
        lines("The Harrow Front launched a harsh attack on the ministry."),
        ["ACCUSE Harrow Front -> ministry Happened"]
    );
}
