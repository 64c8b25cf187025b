//! Whether a denial and an assertion tell one proposition.
//!
//! Four ways, each with all that it needs. The same act: both were coded as one act, with the same sides as far as told. The same
//! words: most of what is denied stands in what is asserted. An answer: "any such link", said by the one that was just spoken of. And
//! absence: "we have no men there", in the article that tells what those men did.

use super::ready::{Act, Ready, is_negated, shared};
use crate::record::incidents::day;
use crate::record::words::{Bag, stem, words};
use hearsay_types::{ActorId, ArticleId, Stance};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Of the words of what is denied at least this share, by weight, is asserted.
const DENIED: f64 = 0.6;
/// ... and of those of what is asserted this share is denied.
const ASSERTED: f64 = 0.3;
/// So many words and names are common.
const COMMON: usize = 2;
/// What is told in different articles lies no more than so many days apart.
const DAYS: i32 = 45;
/// Acts that both have a day are one if no more than so many lie between them.
const ACT_DAYS: i32 = 2;
/// An answer follows what it answers within so many bytes.
const NEAR: usize = 1_500;
/// A denial meets at most so many assertions.
const MOST: usize = 8;
/// Under each key so many assertions, next in time, are looked at on either side.
const AHEAD: usize = 16;
/// So many of the rarest words are keys.
const RARE: usize = 5;
/// Of one article so many assertions are looked at.
const IN_ARTICLE: usize = 400;

/// How two claims met.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Met {
    Act(String),
    Words(f64),
    Absence,
    Answer,
}

impl Met {
    /// In one plain sentence.
    pub(super) fn told(&self) -> String {
        match self {
            Met::Act(trigger) => {
                format!("Both tell of the same act (“{trigger}”) with the same actors; one asserts and one denies.")
            }
            Met::Words(share) => {
                let percent = (100.0 * share).round();
                format!("{percent} of 100 words of what is denied stand in what is asserted, of the same actors.")
            }
            Met::Absence => {
                "One tells what an actor did, the other that it has nobody there; in one article.".to_owned()
            }
            Met::Answer => "The denial answers what was said just before of its source; in one article.".to_owned(),
        }
    }

    /// What is surer comes first.
    fn score(&self) -> f64 {
        match self {
            Met::Act(_) => 3.0,
            Met::Words(share) => 1.0 + share,
            Met::Absence => 0.5,
            Met::Answer => 0.25,
        }
    }
}

/// The assertions, by what a denial finds them by.
pub(super) struct Assertions {
    /// By actor and word, and by act and actor: the day of publication and the claim, sorted.
    by_key: FxHashMap<u64, Vec<(i32, usize)>>,
    /// In the order of the text.
    by_article: FxHashMap<ArticleId, Vec<usize>>,
}

impl Assertions {
    pub(super) fn of(ready: &[Ready]) -> Self {
        let mut all = Assertions { by_key: FxHashMap::default(), by_article: FxHashMap::default() };
        for (n, claim) in ready.iter().enumerate().filter(|(_, c)| !c.denies) {
            for key in keys(claim, usize::MAX) {
                all.by_key.entry(key).or_default().push((claim.published.unwrap_or(i32::MIN), n));
            }
            all.by_article.entry(claim.said.article).or_default().push(n);
        }
        all.by_key.values_mut().for_each(|list| list.sort_unstable());
        all.by_article.values_mut().for_each(|list| list.sort_unstable_by_key(|n| (ready[*n].said.at, *n)));
        all
    }

    /// The assertions that a denial meets, best first, and how.
    pub(super) fn met_by(&self, denial: &Ready, ready: &[Ready]) -> Vec<(usize, Met)> {
        let here = self.by_article.get(&denial.said.article).map_or(&[][..], |all| &all[..all.len().min(IN_ARTICLE)]);
        let mut near: Vec<usize> =
            keys(denial, RARE).iter().flat_map(|key| self.next(*key, denial.published)).collect();
        near.extend(here);
        near.sort_unstable();
        near.dedup();
        let held = near.into_iter().filter(|n| may_meet(denial, &ready[*n]));
        let mut held: Vec<(usize, Met)> = held.filter_map(|n| Some((n, meets(denial, &ready[n])?))).collect();
        if held.is_empty() {
            held.extend(answered(denial, here, ready).map(|n| (n, Met::Answer)));
        }
        held.sort_by(|a, b| b.1.score().total_cmp(&a.1.score()).then(a.0.cmp(&b.0)));
        held.truncate(MOST);
        held
    }

    /// Those under a key that were published next to a day.
    fn next(&self, key: u64, published: Option<i32>) -> Vec<usize> {
        let Some(list) = self.by_key.get(&key) else { return Vec::new() };
        let at = list.partition_point(|(day, _)| *day < published.unwrap_or(i32::MIN));
        list[at.saturating_sub(AHEAD)..list.len().min(at + AHEAD)].iter().map(|(_, n)| *n).collect()
    }
}

/// What a claim is found by: an actor with a word, an actor with an act.
fn keys(claim: &Ready, most: usize) -> Vec<u64> {
    let mut actors: Vec<ActorId> = claim.wholes.clone();
    if claim.denies {
        actors.extend(&claim.own);
    }
    let mut keys = Vec::new();
    for actor in &actors {
        keys.extend(claim.rarest.iter().take(most).map(|word| hash(&(0, actor, word))));
    }
    for act in &claim.acts {
        let sides = act.actors.iter().chain(&act.recipients);
        keys.extend(sides.map(|actor| hash(&(1, &act.report.kind, &act.trigger, actor))));
    }
    keys
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// False where one says both, where one quotes the other, or where they lie too far apart in time.
fn may_meet(denial: &Ready, assertion: &Ready) -> bool {
    let (no, yes) = (denial.said, assertion.said);
    let here = no.article == yes.article;
    let same_source = no.source_actor.is_some() && no.source_actor == yes.source_actor;
    let inside = here && no.at < yes.at + yes.content.len() && yes.at < no.at + no.content.len();
    let gap = denial.published.zip(assertion.published).map(|(a, b)| (a - b).abs());
    let soon = here || no.story == yes.story || gap.is_some_and(|days| days <= DAYS);
    let years = denial.years.is_empty()
        || assertion.years.is_empty()
        || denial.years.iter().any(|year| assertion.years.contains(year));
    let one_voice = same_source || inside || here && no.source == yes.source;
    !one_voice && soon && years
}

fn meets(denial: &Ready, assertion: &Ready) -> Option<Met> {
    let acts = || denial.acts.iter().flat_map(|no| assertion.acts.iter().map(move |yes| (no, yes)));
    if let Some((no, _)) = acts().find(|(no, yes)| one_act(no, yes)) {
        return Some(Met::Act(no.report.trigger.clone()));
    }
    // What was coded as acts whose sides exclude each other is not one, in however like words.
    if acts().any(|(no, yes)| no.report.kind == yes.report.kind && sides(no, yes).is_none()) {
        return None;
    }
    same_words(denial, assertion).map(Met::Words).or_else(|| is_absent(denial, assertion).then_some(Met::Absence))
}

/// Whether both are of one kind, told by one word, with the same sides as far as told, and at one time as far as told.
fn one_act(no: &Act, yes: &Act) -> bool {
    let times = no.report.time.as_ref().zip(yes.report.time.as_ref());
    let apart = times.is_some_and(|(a, b)| {
        let ends = |i: &hearsay_types::Interval| Some((day(i.earliest?), day(i.latest?)));
        ends(&a.0).zip(ends(&b.0)).is_some_and(|(a, b)| (b.0 - a.1).max(a.0 - b.1) > ACT_DAYS)
    });
    no.report.kind == yes.report.kind && no.trigger == yes.trigger && !apart && sides(no, yes) == Some(true)
}

/// None where the sides exclude each other; else whether one of them is told by both and the same.
fn sides(no: &Act, yes: &Act) -> Option<bool> {
    let side = |a: &[ActorId], b: &[ActorId]| match (a.is_empty() || b.is_empty(), shared(a, b)) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    };
    Some(side(&no.actors, &yes.actors)? | side(&no.recipients, &yes.recipients)?)
}

/// The share of the words of what is denied that are asserted, if both speak of the same actors and names.
fn same_words(denial: &Ready, assertion: &Ready) -> Option<f64> {
    let of_source = |actor: &ActorId| denial.own.contains(actor);
    let actors = denial.actors.iter().all(|a| assertion.wholes.binary_search(a).is_ok() || of_source(a));
    let common = assertion.names_actor(&denial.own) || shared(&assertion.wholes, &denial.wholes);
    let words = denial.bag.shared(&assertion.bag).count();
    let missing = |one: &Ready, two: &Ready| one.names.iter().filter(|n| two.names.binary_search(n).is_err()).count();
    let names = denial.names.len() - missing(denial, assertion);
    // Each names somebody or some place that the other does not.
    let others = missing(denial, assertion) > 0 && missing(assertion, denial) > 0;
    let cover = Bag::cover(&denial.bag.words, [&assertion.bag, &Bag::default()]);
    let back = Bag::cover(&assertion.bag.words, [&denial.bag, &Bag::default()]);
    let enough = words > 0 && words + names >= COMMON && cover >= DENIED && back >= ASSERTED;
    (actors && common && enough && !others).then_some(cover)
}

/// Nouns of those that an actor may have somewhere. As stems.
const PRESENT: &[&str] = &[
    "member",
    "men",
    "man",
    "fighter",
    "force",
    "forc",
    "troop",
    "soldier",
    "militant",
    "gunmen",
    "presence",
    "presenc",
    "personnel",
    "unit",
    "trainer",
    "advisor",
    "adviser",
    "base",
    "bas",
];

/// What those who are somewhere do there. As stems.
const DOING: &[&str] = &[
    "train",
    "fight",
    "fought",
    "dispatch",
    "send",
    "sent",
    "deploy",
    "station",
    "travel",
    "travell",
    "infiltrat",
    "smuggl",
    "dig",
    "operat",
    "attack",
    "shell",
    "enter",
    "cros",
];

/// So many words after a negation stands the noun of those who are not there: "no members", "not have any fighters".
const REACH: usize = 4;

/// "There are no members of X in Y", where the article tells what X did, and another than X says so.
fn is_absent(denial: &Ready, assertion: &Ready) -> bool {
    let whose = if denial.wholes.is_empty() { &denial.own } else { &denial.wholes };
    let here = denial.said.article == assertion.said.article;
    if !here || shared(&assertion.own, whose) || !tells_absence(&denial.said.content) {
        return false;
    }
    let acts = assertion.acts.iter().any(|act| matches!(act.report.quad, 2 | 4) && shared(&act.actors, whose));
    let begins = assertion.subject.is_some_and(|name| denial.names.contains(&name)) && shared(&assertion.wholes, whose);
    (acts || begins)
        && words(&assertion.said.content).iter().any(|w| is_small(w.form, PRESENT) || is_small(w.form, DOING))
}

/// Whether a clause says that nobody, or no man of somebody, is there.
fn tells_absence(content: &str) -> bool {
    content.split(['.', ';', '!', '?', ',']).any(|clause| {
        let all: Vec<&str> = clause.split_whitespace().collect();
        let no = |word: &&str| is_negated(word);
        let after = all.iter().position(no).map_or(&[][..], |at| &all[at + 1..all.len().min(at + 1 + REACH)]);
        after.iter().any(|word| is_small(word.trim_matches(|c: char| !c.is_alphanumeric()), PRESENT))
    })
}

/// Whether a word that is no name is one of a list of stems.
fn is_small(form: &str, stems: &[&str]) -> bool {
    !form.starts_with(char::is_uppercase) && stems.contains(&stem(form).as_str())
}

/// Nouns of a part in what somebody else did, or of nothing in particular. As stems.
const OF_A_PART: &[&str] =
    &["involvement", "link", "tie", "ti", "part", "role", "rol", "responsibility", "hand", "connection", "knowledg"];

/// Whether what is denied names nothing of its own: "any such link", "the charge", "responsibility".
fn is_bare(denial: &Ready) -> bool {
    let own = words(&denial.said.content).into_iter().map(|w| stem(w.form));
    let count = denial.bag.words.len();
    denial.said.stance == Stance::Denies
        && denial.names.is_empty()
        && count <= 1
        && own.filter(|w| OF_A_PART.contains(&w.as_str())).count() >= count
}

/// What a bare denial answers: the nearest before it that speaks of its source.
fn answered(denial: &Ready, here: &[usize], ready: &[Ready]) -> Option<usize> {
    if !is_bare(denial) || denial.own.is_empty() {
        return None;
    }
    let before = here.iter().rev().copied().filter(|n| ready[*n].said.at < denial.said.at);
    let mut near = before.take_while(|n| denial.said.at - ready[*n].said.at <= NEAR);
    near.find(|n| may_meet(denial, &ready[*n]) && ready[*n].names_actor(&denial.own))
}
