use super::*;
use hearsay_types::Article;

fn names(text: &str) -> Vec<(String, String)> {
    let article = Article::plain(text);
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let (actors, mentions) = Lexicon::shipped().find(&Words::of_body(&article, &parsed));
    let name = |m: &Mention| match m.kind {
        MentionKind::Actor(id) => actors.iter().find(|a| a.id == id).map_or(String::new(), |a| a.name.clone()),
        _ => String::new(),
    };
    mentions.iter().map(|m| (m.span.of(text).to_owned(), name(m))).collect()
}

#[test]
fn spellings_of_one_name_meet() {
    for spelling in [
        "Ezzedine al-Qassam Brigades",
        "Izz ad-Din al-Qassam Brigades",
        "Qassam Brigades",
        "Ezzedeen Al-Qassam Brigades",
    ] {
        assert_eq!(names(&format!("The {spelling} left."))[0].1, "Qassam Brigades", "{spelling}");
    }
}

#[test]
fn countries_act_and_lie() {
    assert_eq!(names("Jordan expelled the group in Syria.").len(), 1);
    assert_eq!(
        names("The Israeli army and Israel's air force struck.").iter().map(|n| n.1.as_str()).collect::<Vec<_>>(),
        ["Israel Defense Forces", "Israel air force"]
    );
    assert_eq!(names("Doha said it would go to Doha."), [("Doha".to_owned(), "Qatar".to_owned())]);
    assert!(names("They told us who will go.").is_empty());
}

#[test]
fn a_name_that_says_its_kind_is_an_actor_of_the_text() {
    assert_eq!(
        names("Fighters of the Harrow Liberation Front fled."),
        [("Harrow Liberation Front".to_owned(), "Harrow Liberation Front".to_owned())]
    );
}

#[test]
fn a_spelling_that_no_list_has_meets_its_name() {
    assert_eq!(names("The Izzeddin al-Kassam Brigades left.")[0].1, "Qassam Brigades");
    assert_eq!(names("The Harrow Liberation Front left.")[0].1, "Harrow Liberation Front");
}

#[test]
fn nouns_refer_to_the_group_named_before() {
    let read = names("Hamas met the UN. The Islamist group said its military wing left.");
    let wanted = [("Hamas", "Hamas"), ("UN", "United Nations"), ("The Islamist group", "Hamas")];
    assert_eq!(read.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect::<Vec<_>>()[..3], wanted);
    assert_eq!(read[3], ("military wing".to_owned(), "Qassam Brigades".to_owned()));
    assert!(names("He left the group of friends.").is_empty());
}

#[test]
fn a_short_form_in_brackets_is_learned() {
    let read = names("The Harrow Liberation Front (HLF) left. The HLF came back.");
    assert_eq!(read.last(), Some(&("HLF".to_owned(), "Harrow Liberation Front".to_owned())));
    assert!(names("The HLF came back.").is_empty());
}

#[test]
fn the_users_actors_win() {
    let own = hearsay_data::own::actors("mine\tHamas of Orvia\torganisation\tORV\tPTY\t-\tHamas").unwrap();
    let article = Article::plain("Hamas left.");
    let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
    let (actors, _) = Lexicon::with(&own).find(&Words::of_body(&article, &parsed));
    assert_eq!((actors[0].name.as_str(), actors[0].basis), ("Hamas of Orvia", Basis::User));
}

#[test]
fn heads_of_state_are_public_people() {
    assert_eq!(names("Emmanuel Macron spoke.")[0].1, "Emmanuel Macron");
    assert!(names("Joe Bloggs spoke.").is_empty());
}

#[test]
fn names_written_otherwise_meet_and_false_friends_do_not() {
    assert_eq!(names("Fighters of Jabhet an-Nusrah left.")[0].1, names("Fighters of Jabhat al-Nusra left.")[0].1);
    for friend in ["Kosmo left.", "The Mahdis left.", "Gasim left.", "Talbot left."] {
        assert!(names(friend).is_empty(), "{friend}: {:?}", names(friend));
    }
}
