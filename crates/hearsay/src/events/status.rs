//! How an act stands, and who tells it.

use super::find::{Act, Mood};
use hearsay_data::cues::cue;
use hearsay_types::{Actor, ActorId, Certainty, Claim, Entities, Polarity, Span, Stance, Status, Teller};

/// The claim that tells the word at `span`: the innermost whose content holds it. `claims` are those of the text that the word
/// stands in: the title, the body or a caption.
pub fn teller<'a>(claims: impl Iterator<Item = &'a Claim>, span: Span) -> Option<&'a Claim> {
    let size = |c: &Claim| c.content.spans.iter().map(|s| s.len()).sum::<usize>();
    claims.filter(|c| c.content.spans.iter().any(|s| s.contains(span))).min_by_key(|c| size(c))
}

/// Status, with the reason. `denied` says whether a denial on the page meets the act, `past` whether its clause dates it by
/// a year alone.
pub fn status(act: &Act, claims: &[Claim], claim: Option<&Claim>, denied: bool, past: bool) -> (Status, &'static str) {
    if act.trigger.speech && act.mood == Mood::Done {
        return (if denied { Status::Disputed } else { Status::Happened }, "an act of speech");
    }
    match act.mood {
        Mood::Negated => return (Status::Denied, "its verb is negated"),
        Mood::Possible => return (Status::Hypothetical, "its verb is conditional"),
        _ => {}
    }
    if claim.is_some_and(|c| is_within_denial(claims, c)) {
        return (Status::Denied, "what tells it is denied");
    }
    let told = claim.map(|c| c.stance);
    let status = match told {
        Some(Stance::Denies) => Status::Denied,
        Some(Stance::Doubts | Stance::Declines | Stance::Asks) => Status::Unclear,
        Some(Stance::Speculates) if act.mood == Mood::Ahead => Status::Planned,
        Some(Stance::Accuses) if !claim.is_some_and(is_charge) => Status::Happened,
        Some(Stance::Speculates | Stance::Relays | Stance::Accuses) => Status::Alleged,
        Some(Stance::Threatens) => Status::Threatened,
        Some(Stance::Promises) => Status::Planned,
        Some(Stance::Demands) => Status::Hypothetical,
        _ if act.mood == Mood::Ahead => Status::Planned,
        _ if claim.is_some_and(|c| c.cue.lemma == "claim") => Status::Alleged,
        _ => Status::Happened,
    };
    if denied && status == Status::Happened {
        return (Status::Disputed, "a denial on the page meets it");
    }
    if past && status == Status::Happened {
        return (Status::Background, "a year is all that dates it");
    }
    if act.aside && status == Status::Happened {
        return (Status::Background, "it stands aside of what its sentence tells");
    }
    (status, if claim.is_some() { "by the stance of its teller" } else { "the author tells it" })
}

/// Whether a teller accuses in so many words: one who only says that a wrong was done tells it as done.
fn is_charge(claim: &Claim) -> bool {
    cue(&claim.cue.lemma).is_none_or(|c| c.stance == "accuses")
}

/// So many tellers of tellers are looked at.
pub const NESTED: usize = 8;

/// A claim and all that tell it, the innermost first. To be cut off at [`NESTED`]: nothing here keeps claims from telling one
/// another in a circle.
pub fn told_by<'a>(claims: &'a [Claim], claim: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    std::iter::successors(Some(claim), |c| c.parent.and_then(|p| claims.iter().find(|o| o.id == p)))
}

/// "denied reports that ...": whether what tells an act stands in what another denies.
fn is_within_denial(claims: &[Claim], claim: &Claim) -> bool {
    told_by(claims, claim).skip(1).take(NESTED).any(|c| c.stance == Stance::Denies)
}

/// Who tells it and how surely; the author is always among them.
pub fn tellers(act: &Act, claim: Option<&Claim>, factive: bool) -> Vec<Teller> {
    let polarity = if act.mood == Mood::Negated { Polarity::Negative } else { Polarity::Positive };
    let certainty = match act.mood {
        Mood::Possible => Certainty::PS,
        Mood::Ahead => Certainty::PR,
        _ => Certainty::CT,
    };
    let Some(claim) = claim else { return vec![Teller { claim: None, certainty, polarity }] };
    let author = if factive {
        Teller { claim: None, certainty, polarity }
    } else {
        Teller { claim: None, certainty: Certainty::U, polarity: Polarity::Underspecified }
    };
    let (certainty, polarity) = match claim.stance {
        Stance::Denies => (Certainty::CT, Polarity::Negative),
        Stance::Doubts => (Certainty::PS, Polarity::Negative),
        Stance::Speculates => (Certainty::PS, polarity),
        Stance::Declines | Stance::Asks | Stance::Relays => (Certainty::U, Polarity::Underspecified),
        _ => (certainty, polarity),
    };
    vec![author, Teller { claim: Some(claim.id), certainty, polarity }]
}

/// How many sentences below an act a denial that names nobody may stand and still mean it.
const NEAR: usize = 3;

/// Whether a denial in the article meets an act of this actor: the actor, or what it is a part of, denies any such thing.
pub fn is_denied(
    claims: &[Claim],
    entities: &Entities,
    actors: &[ActorId],
    recipients: &[ActorId],
    told: Option<&Claim>,
    (act, sentence): (&Act, usize),
) -> bool {
    let whole = |id: &ActorId| -> Vec<ActorId> {
        let mut out = vec![*id];
        let mut next = entities.actor(*id).and_then(|a: &Actor| a.part_of);
        while let Some(id) = next {
            out.push(id);
            next = entities.actor(id).and_then(|a| a.part_of).filter(|n| !out.contains(n));
        }
        out
    };
    let party: Vec<ActorId> = actors.iter().flat_map(whole).collect();
    claims.iter().filter(|c| c.stance == Stance::Denies && told.is_none_or(|t| t.id != c.id)).any(|denial| {
        let by = denial.source.actor_id.is_some_and(|id| party.contains(&id))
            || denial.source.spans.iter().any(|s| entities.actors_in(*s).any(|(_, a)| party.contains(&a.id)));
        let of =
            denial.content.spans.iter().flat_map(|s| entities.actors_in(*s)).map(|(_, a)| a.id).collect::<Vec<_>>();
        // What somebody said aloud is not disputed by whatever else they deny, nor is what they did by "any such link" far below it.
        let near = (sentence..=sentence + NEAR).contains(&denial.sentence);
        let spoken = of.is_empty() && near && !act.trigger.speech
            || of.iter().any(|id| recipients.contains(id) || party.contains(id));
        by && spoken
    })
}
