//! Incidents as MUC-3 and MUC-4 want them: what acts of one story tell of together, and whether MUC's readers would note it.
//!
//! Acts are one incident where type, day and place are the same, or nothing tells them apart. MUC's own sense of what is relevant
//! (the nine countries, no fighting between forces, nothing vague or old) is weighed by marks: `muc/weights.tsv` and its README.

use hearsay::Hearsay;
use hearsay_types::{Coded, Event, Interval, Participant, Precision, SourceKind, Stance, Status};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

const BOMBING: &str = "BOMBING";

/// An incident.
#[derive(Debug, Default, Clone)]
pub struct Incident {
    /// MUC's type.
    pub kind: &'static str,
    /// Perpetrators, victims, places and days, in upper case.
    pub slots: [BTreeSet<String>; 4],
    /// How each perpetrator is told.
    pub confidence: BTreeMap<String, Confidence>,
    /// What it is weighed by.
    pub marks: BTreeMap<String, f32>,
    /// The first act, as its sentence tells it; shown with the misses.
    pub told: String,
    day: Interval,
    /// Whether it is no more than the harm that an act did, with nobody who did it.
    is_effect: bool,
    /// Places that its acts tell; where none does, the slot has the place that the story was sent from.
    places: BTreeSet<String>,
}

/// How sure a story is of a perpetrator, the surer wording last: who is named once as a fact and once as a suspect is a suspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    Fact,
    Possible,
    Suspected,
    SuspectedByAuthorities,
    Claimed,
}

impl Confidence {
    /// MUC's words for it.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Fact => "REPORTED AS FACT",
            Confidence::Possible => "POSSIBLE",
            Confidence::Suspected => "SUSPECTED OR ACCUSED",
            Confidence::SuspectedByAuthorities => "SUSPECTED OR ACCUSED BY AUTHORITIES",
            Confidence::Claimed => "CLAIMED OR ADMITTED",
        }
    }
}

/// All incidents of a story, those that MUC does not want among them.
pub fn incidents(hearsay: &Hearsay, id: &str, text: &str) -> Vec<Incident> {
    let mut out: Vec<Incident> = Vec::new();
    for page in hearsay::pages::read(&format!("{id}.txt"), text.as_bytes()).flatten() {
        for coded in hearsay.run(&page).coded {
            for event in coded.events.iter().filter(|e| e.kind == "ASSAULT") {
                let incident = incident(&coded, event);
                match out.iter_mut().find(|o| o.is_one_with(&incident)) {
                    Some(other) => other.join(incident),
                    None => out.push(incident),
                }
            }
        }
    }
    let others = out.len().saturating_sub(1).min(6) as f32;
    out.iter_mut().for_each(|incident| incident.finish(others));
    out
}

fn incident(coded: &Coded, event: &Event) -> Incident {
    let names = |side: &[Participant]| -> BTreeSet<String> {
        side.iter().map(|p| p.name.to_uppercase()).filter(|n| !is_bare(n)).collect()
    };
    let sent = coded.article.dateline.as_ref().and_then(|d| d.place.clone());
    let place = event.place.as_ref().map(|p| p.name.to_uppercase());
    let day = event.time.as_ref().map_or(coded.article.published, |t| t.interval);
    let date = day.as_day().map(|d| d.strftime("%d %b %y").to_string().to_uppercase());
    // A country says no more of where than the story does.
    let exact = place.clone().filter(|_| event.place.as_ref().is_some_and(|p| p.precision != Precision::Country));
    let actors = names(&event.actors);
    let sure = confidence(coded, event);
    let (kind, is_effect) = kind(coded, event);
    Incident {
        kind,
        confidence: actors.iter().map(|a| (a.clone(), sure)).collect(),
        // What tells no place happened, for all that MUC's readers knew, where the story was sent from.
        slots: [
            actors,
            // Fighters and crowds are no targets that MUC's readers name.
            names(&event.recipients).into_iter().filter(|n| !is_armed(&n.to_lowercase()) && !is_vague(n)).collect(),
            place.or(sent).map(|p| p.to_uppercase()).into_iter().collect(),
            date.into_iter().collect(),
        ],
        marks: marks(coded, event).into_iter().map(|mark| (mark, 1.0)).collect(),
        told: told(coded, event),
        day,
        is_effect: is_effect && event.actors.is_empty(),
        places: exact.into_iter().collect(),
    }
}

/// MUC's type of an act, and whether the act is told by the harm that it did.
fn kind(coded: &Coded, event: &Event) -> (&'static str, bool) {
    /// Verbs that tell the harm an act did, by their beginnings.
    const EFFECTS: [&str; 9] = ["kill", "wound", "injur", "die", "dead", "destroy", "damag", "hurt", "casualt"];
    let trigger = event.trigger.of(&coded.article.text).to_lowercase();
    let bomb = |word: &str| ["bomb", "explo", "dynamit", "blew", "blast", "blow"].iter().any(|w| word.starts_with(w));
    let is_effect = EFFECTS.iter().any(|w| trigger.starts_with(w));
    let kind = match event.mode {
        Some("abduct") => "KIDNAPPING",
        Some("explosives" | "suicide-attack") => BOMBING,
        // Bombs that a plane drops are an attack.
        Some("aerial") => "ATTACK",
        _ if bomb(&trigger) => BOMBING,
        // "killed by a bomb": the harm is told, and the bomb beside it.
        _ if is_effect && words(&sentence(coded, event).to_lowercase()).any(bomb) => BOMBING,
        _ if ["burn", "torch", "set"].iter().any(|w| trigger.starts_with(w)) => "ARSON",
        _ => "ATTACK",
    };
    (kind, is_effect)
}

/// What speaks for or against MUC's interest in an act.
fn marks(coded: &Coded, event: &Event) -> BTreeSet<String> {
    let text = &coded.article.text;
    let claim = event.claim.and_then(|id| coded.claims.iter().find(|c| c.id == id));
    let trigger = event.trigger.of(text).to_lowercase();
    let mut out: BTreeSet<String> = BTreeSet::from([
        format!("status {:?}", event.status),
        format!("mode {}", event.mode.unwrap_or("none")),
        format!("stance {}", claim.map_or("none".to_owned(), |c| format!("{:?}", c.stance))),
    ]);
    if trigger.ends_with('s') {
        out.insert("several".to_owned());
    }
    out.insert(format!("trigger {trigger}"));
    for (side, list) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for of in list {
            out.extend(of.country.iter().map(|c| format!("{side} from {c}")));
            out.extend(of.sector.iter().map(|s| format!("{side} {s}")));
        }
    }
    for recipient in &event.recipients {
        let name = recipient.name.to_lowercase();
        out.extend(words(&name).last().map(|w| format!("recipient {w}")));
        let what = if is_armed(&name) {
            "recipient armed"
        } else if is_vague(&recipient.name) {
            "recipient vague"
        } else {
            "recipient plain"
        };
        out.insert(what.to_owned());
    }
    out.extend(event.numbers.iter().map(|n| format!("number {:?}", n.kind)));
    out.extend(words(&sentence(coded, event).to_lowercase()).map(|w| format!("word {w}")));
    if let Some((lat, lon)) = event.place.as_ref().and_then(|p| p.lat.zip(p.lon)) {
        // The nine countries that MUC asks for lie between Guatemala and Cape Horn.
        let near = (-60.0..18.5).contains(&lat) && (-93.0..-34.0).contains(&lon);
        out.insert(if near { "place near" } else { "place abroad" }.to_owned());
    }
    out.extend(event.time.as_ref().map(|_| "timed".to_owned()));
    if !event.actors.is_empty() {
        out.insert(format!("actor told as {:?}", confidence(coded, event)));
    }
    out.extend(age(coded, event).map(|age| format!("age {age}")));
    match event.sentence {
        0 | 1 => out.insert("first".to_owned()),
        9.. => out.insert("late".to_owned()),
        _ => false,
    };
    out
}

/// How old an act is that tells its time.
fn age(coded: &Coded, event: &Event) -> Option<&'static str> {
    let (day, told) = event.time.as_ref()?.interval.latest.zip(coded.article.published.earliest)?;
    Some(match day.duration_until(told).as_hours() / 24 {
        ..=1 => "of a day",
        2..=7 => "of a week",
        8..=60 => "of two months",
        _ => "old",
    })
}

/// Whether a side, in lower case, is of an armed force.
fn is_armed(name: &str) -> bool {
    const ARMED: [&str; 22] = [
        "soldier",
        "troop",
        "guerrilla",
        "terrorist",
        "rebel",
        "subversive",
        "extremist",
        "insurgent",
        "patrol",
        "battalion",
        "combatant",
        "army",
        "contra",
        "military",
        "enemy",
        "camp",
        "clash",
        "barracks",
        "fighter",
        "garrison",
        "trafficker",
        "convoy",
    ];
    ARMED.iter().any(|a| name.contains(a))
}

/// So many victims of one incident are beyond what MUC's stories tell: such a figure counts the dead of a war.
const MOST: u32 = 500;

/// "hundreds of peasants", "many journalists", "70,000 people": MUC wants incidents, and this tells how things are.
fn is_vague(name: &str) -> bool {
    const MANY: [&str; 9] =
        ["several", "many", "hundred", "hundreds", "thousands", "dozens", "numerous", "countless", "scores"];
    let plain = name.to_lowercase().replace(',', "");
    let year = |figure: &u32| (1900..2100).contains(figure) && !name.contains(',');
    words(&plain).any(|word| {
        MANY.contains(&word) || word.parse().ok().filter(|f| !year(f)).is_some_and(|figure: u32| figure >= MOST)
    })
}

/// Words that name nobody.
fn is_bare(name: &str) -> bool {
    matches!(
        name,
        "HE" | "HIM" | "SHE" | "HER" | "IT" | "THEY" | "THEM" | "WE" | "US" | "I" | "ONES" | "ONE" | "HIMSELF"
    )
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn sentence<'c>(coded: &'c Coded, event: &Event) -> &'c str {
    coded.parsed.sentences.get(event.sentence).map_or("", |s| s.span.of(&coded.article.text))
}

/// An act as its sentence tells it.
fn told(coded: &Coded, event: &Event) -> String {
    format!("{:?} [{}] {}", event.status, event.trigger.of(&coded.article.text), sentence(coded, event))
}

/// How sure the story is of who did it.
fn confidence(coded: &Coded, event: &Event) -> Confidence {
    /// Words that make a perpetrator a possible one, and a suspect, by their beginnings.
    const PERHAPS: [&str; 6] = ["apparently", "possibly", "perhaps", "may", "might", "hinted"];
    const SUSPECTED: [&str; 8] = ["suspect", "presum", "believ", "alleg", "attribut", "blam", "accus", "suppos"];
    let claim = event.claim.and_then(|id| coded.claims.iter().find(|c| c.id == id));
    let source = claim.map(|c| &c.source);
    let own = source.is_some_and(|s| {
        event
            .actors
            .iter()
            .any(|a| s.actor_id.is_some() && a.actor_id == s.actor_id || s.name.as_ref() == Some(&a.name))
    });
    let suspected = match source.map(|s| s.kind) {
        Some(SourceKind::Government | SourceKind::Office) => Confidence::SuspectedByAuthorities,
        _ => Confidence::Suspected,
    };
    let lower = sentence(coded, event).to_lowercase();
    let takes = ["responsibility", "credit"].iter().any(|what| lower.contains(&format!("claimed {what}")));
    match claim.map(|c| c.stance) {
        _ if own || takes => Confidence::Claimed,
        _ if words(&lower).any(|w| PERHAPS.contains(&w)) => Confidence::Possible,
        _ if words(&lower).any(|w| SUSPECTED.iter().any(|s| w.starts_with(s))) => suspected,
        Some(Stance::Speculates | Stance::Doubts) => Confidence::Possible,
        Some(Stance::Accuses) if event.status == Status::Alleged => suspected,
        _ => Confidence::Fact,
    }
}

impl Incident {
    fn is_one_with(&self, other: &Incident) -> bool {
        let place = self.places.is_empty() || other.places.is_empty() || !self.places.is_disjoint(&other.places);
        // The harm that one sentence tells is that of the act which another told.
        let kind =
            self.kind == other.kind || (self.is_effect || other.is_effect) && !(self.is_effect && other.is_effect);
        kind && place && self.day.meet(other.day).is_some()
    }

    fn join(&mut self, other: Incident) {
        if self.is_effect && !other.is_effect || other.kind == BOMBING && self.kind == "ATTACK" {
            self.kind = other.kind;
        }
        self.is_effect &= other.is_effect;
        for (mine, theirs) in self.slots.iter_mut().zip(other.slots) {
            mine.extend(theirs);
        }
        self.places.extend(other.places);
        if !self.places.is_empty() {
            self.slots[2].clone_from(&self.places);
        }
        self.day = self.day.meet(other.day).unwrap_or(self.day);
        for (name, sure) in other.confidence {
            let mine = self.confidence.entry(name).or_insert(sure);
            *mine = sure.max(*mine);
        }
        self.marks.extend(other.marks);
        *self.marks.entry(ACTS.to_owned()).or_insert(1.0) += 1.0;
    }

    /// Adds the marks of the whole incident.
    fn finish(&mut self, others: f32) {
        let acts = self.marks.get(ACTS).copied().unwrap_or(1.0).min(4.0);
        self.marks.insert(ACTS.to_owned(), acts);
        self.marks.insert("others".to_owned(), others);
        self.marks.insert(format!("kind {}", self.kind), 1.0);
        for (name, slot) in ["actor", "recipient", "place", "day"].iter().zip(&self.slots) {
            if !slot.is_empty() {
                self.marks.insert(format!("has {name}"), 1.0);
            }
        }
        if self.is_effect {
            self.marks.insert("harm alone".to_owned(), 1.0);
        }
        self.marks.insert("always".to_owned(), 1.0);
    }

    /// Whether MUC's readers would note it, as its marks have it.
    pub fn is_relevant(&self) -> bool {
        self.marks.iter().filter_map(|(mark, value)| Some(WEIGHTS.get(mark.as_str())? * value)).sum::<f32>() > 0.0
    }
}

/// How many acts tell an incident.
const ACTS: &str = "acts";

/// What marks weigh, from hundredths: the logarithm of the odds.
static WEIGHTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    let rows = include_str!("../../muc/weights.tsv").lines().filter(|l| !l.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t').and_then(|(m, w)| Some((m, w.parse::<f32>().ok()? / 100.0)))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowds_without_a_figure_are_vague() {
        for vague in ["HUNDREDS, perhaps more", "many journalists", "70,000 Salvadorans"] {
            assert!(is_vague(vague), "{vague}");
        }
        for told in ["six priests", "victims of the 1989 raid", "134 passengers"] {
            assert!(!is_vague(told), "{told}");
        }
    }

    #[test]
    fn marks_decide_what_is_relevant_and_joined_acts_keep_who_is_told_how() {
        let told = |name: &str, sure: Confidence, places: &[&str]| Incident {
            kind: "ATTACK",
            confidence: BTreeMap::from([(name.to_owned(), sure)]),
            places: places.iter().map(|p| (*p).to_owned()).collect(),
            marks: BTreeMap::from([("recipient plain".to_owned(), 1.0)]),
            ..Incident::default()
        };
        let mut first = told("FRONT OF TOLM", Confidence::Fact, &[]);
        let second = told("FRONT OF TOLM", Confidence::Suspected, &["TOLM"]);
        assert!(first.is_one_with(&second), "what tells no place can be anywhere");
        assert!(!second.is_one_with(&told("RIDERS", Confidence::Fact, &["VELL"])));
        first.join(second);
        first.join(told("RIDERS", Confidence::Claimed, &[]));
        first.finish(0.0);
        assert_eq!(first.confidence["FRONT OF TOLM"], Confidence::Suspected);
        assert_eq!((first.confidence["RIDERS"], first.marks[ACTS]), (Confidence::Claimed, 3.0));
        assert_eq!(first.slots[2], BTreeSet::from(["TOLM".to_owned()]));
        assert!(WEIGHTS.contains_key("always") && WEIGHTS["recipient armed"] < WEIGHTS["recipient plain"]);
    }
}
