//! Words that name an act, with what they need around them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A reading of a verb as a PLOVER act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Dictionary form of the verb.
    pub lemma: &'static str,
    /// One of these must stand within the clause, each a word or several that must all be there; empty where none need to.
    pub needs: Vec<Vec<&'static str>>,
    /// PLOVER 0.8 type, or [`NO_ACT`].
    pub kind: &'static str,
    /// PLOVER 0.8 mode.
    pub mode: Option<&'static str>,
    /// Whether an instrument in the clause tells a better mode.
    pub weak_mode: bool,
    /// PLOVER 0.8 context.
    pub context: Option<&'static str>,
    /// Where the recipient stands: `obj`, or behind a preposition; in order of trust.
    pub recipient: Vec<&'static str>,
    /// Whether what follows it is wished, refused or threatened, and no act of its own.
    pub controls: bool,
    /// Whether it is an act of speech.
    pub speech: bool,
    /// Whether it is one only without a clause that hangs on it: "called the president".
    pub bare: bool,
    /// Whether a noun names an act even without anybody who does it or has it done to them.
    pub alone: bool,
    /// Whether it is an act only with a recipient.
    pub needs_recipient: bool,
    /// Whether who stands behind "of" does what a noun names: "the withdrawal of the army".
    pub of_does: bool,
    /// Whether whose act a noun is suffers it: "the editor's arrest".
    pub possessor_suffers: bool,
    /// Whether the word names an act only where the language engine's heads hold it for one: "held", "moved".
    pub weak: bool,
}

/// What stands for a type where a verb names no act: "took place", "was taken to hospital".
pub const NO_ACT: &str = "-";

impl Trigger {
    /// Whether the verb names an act where this reading fits.
    pub fn is_act(&self) -> bool {
        self.kind != NO_ACT
    }

    /// Whether a clause that has these words gives the reading what it needs.
    pub fn fits(&self, has: impl Fn(&str) -> bool) -> bool {
        self.needs.is_empty() || self.needs.iter().any(|all| all.iter().all(|w| has(w)))
    }
}

type Table = HashMap<&'static str, Vec<Trigger>>;

static TRIGGERS: LazyLock<Table> = LazyLock::new(|| table(false));
static NOUNS: LazyLock<Table> = LazyLock::new(|| table(true));

/// The rows of verbs, or those of nouns (mark `n`).
fn table(nouns: bool) -> Table {
    let mut out: Table = HashMap::new();
    for row in crate::rows(include_str!("../lexicons/triggers.tsv")) {
        if let Some(trigger) = read(&row).filter(|_| row[6].contains('n') == nouns) {
            out.entry(trigger.lemma).or_default().push(trigger);
        }
    }
    let rank = |t: &Trigger| match t.needs.iter().map(Vec::len).max() {
        None => 2,
        Some(1) => 1,
        Some(_) => 0,
    };
    out.values_mut().for_each(|list| list.sort_by_key(rank));
    out
}

fn read(row: &[&'static str]) -> Option<Trigger> {
    let [lemma, needs, kind, mode, context, recipient, marks] = row else { return None };
    let some = |f: &'static str| Some(f).filter(|f| *f != "-");
    let list = |f: &'static str| f.split('|').filter(|w| *w != "-").collect::<Vec<_>>();
    Some(Trigger {
        lemma,
        needs: list(needs).into_iter().map(|alternative| alternative.split('+').collect()).collect(),
        kind,
        mode: some(mode).map(|m| m.trim_end_matches('?')),
        weak_mode: mode.ends_with('?'),
        context: some(context),
        recipient: list(recipient),
        controls: marks.contains('c'),
        speech: marks.contains('s'),
        bare: marks.contains('o'),
        alone: marks.contains('a'),
        needs_recipient: marks.contains('r'),
        of_does: marks.contains('d'),
        possessor_suffers: marks.contains('p'),
        weak: marks.contains('w'),
    })
}

/// The readings of a verb, those that need more first.
pub fn triggers(lemma: &str) -> &'static [Trigger] {
    TRIGGERS.get(lemma).map_or(&[], Vec::as_slice)
}

/// The readings of a noun as it is written, in lower case. They name an act only with a doer or a sufferer of their own;
/// those that control need both.
pub fn noun_triggers(noun: &str) -> &'static [Trigger] {
    NOUNS.get(noun).map_or(&[], Vec::as_slice)
}

/// The plain reading of every type, for a word that the lexicon does not have.
static PLAIN: LazyLock<Vec<Trigger>> = LazyLock::new(|| {
    let reading = |kind: &'static str| Trigger {
        lemma: "",
        needs: Vec::new(),
        kind,
        mode: None,
        weak_mode: true,
        context: None,
        recipient: vec!["obj", "on", "against", "with", "to", "for", "from", "of"],
        controls: false,
        speech: matches!(kind, "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" | "AGREE"),
        bare: false,
        alone: true,
        needs_recipient: false,
        of_does: false,
        possessor_suffers: false,
        weak: false,
    };
    TYPES.map(reading).into()
});

/// The types of PLOVER 0.8.
pub const TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The plain reading of each type, for a word that the lexicon does not have; in the order of [`TYPES`].
pub fn plain_readings() -> &'static [Trigger] {
    &PLAIN
}

/// A mode with the types it belongs to and the words that tell it.
struct Mode {
    kinds: Vec<&'static str>,
    mode: &'static str,
    words: Vec<&'static str>,
}

static MODES: LazyLock<Vec<Mode>> = LazyLock::new(|| {
    let list = |field: &'static str| field.split('|').collect();
    let mode = |row: Vec<&'static str>| Mode { kinds: list(row[0]), mode: row[1], words: list(row[2]) };
    crate::rows(include_str!("../lexicons/modes.tsv")).map(mode).collect()
});

/// The PLOVER 0.8 mode of an act of this type that words of its clause tell. `has` says whether a word, in lower case, is
/// among them.
pub fn mode(kind: &str, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    MODES.iter().find(|m| m.kinds.contains(&kind) && m.words.iter().any(|w| has(w))).map(|m| m.mode)
}

static UNLIKE: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| crate::rows(include_str!("../lexicons/unlike.tsv")).map(|row| (row[0], row[1])).collect());

/// Whether words of a sentence, in lower case, say that its words of force most likely name no political act.
pub fn is_unlike<'a>(words: impl Iterator<Item = &'a str> + Clone) -> bool {
    let has = |kind: &str| words.clone().any(|w| UNLIKE.get(w) == Some(&kind));
    has("always") || has("alone") && !has("but")
}

static DEEDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| crate::rows(include_str!("../lexicons/deeds.tsv")).map(|row| row[0]).collect());

/// Whether a noun, in its dictionary form, names what somebody said or did: "proposal", "attack".
pub fn is_deed(noun: &str) -> bool {
    DEEDS.binary_search(&noun).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_names_a_plover_type() {
        for row in crate::rows(include_str!("../lexicons/triggers.tsv")) {
            assert!(read(&row).is_some_and(|t| TYPES.contains(&t.kind) || !t.is_act()), "{row:?}");
        }
    }

    #[test]
    fn every_mode_is_one_of_plover_for_its_type() {
        let of = |kind: &str| -> &[&str] {
            match kind {
                "CONSULT" => &["visit", "third-party", "multilateral", "phone"],
                "RETREAT" => &["withdraw", "release", "disarm", "ceasefire", "access", "resign"],
                "REQUEST" | "REJECT" => &["assist", "change", "yield", "meet"],
                "ACCUSE" => &["disapprove", "investigate", "allege"],
                "THREATEN" => &["restrict", "arrest", "relations", "expel", "territory", "violence"],
                "PROTEST" => &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"],
                "SANCTION" => &["convict", "expel", "withdraw", "discontinue"],
                "MOBILIZE" => &["troops", "weapons", "police", "militia"],
                "COERCE" => &[
                    "seize",
                    "restrict",
                    "censor",
                    "curfew",
                    "martial-law",
                    "arrest",
                    "deport",
                    "withhold",
                    "misinformation",
                    "cyber",
                ],
                "ASSAULT" => &[
                    "abduct",
                    "beat",
                    "torture",
                    "sexual",
                    "targeted",
                    "destroy",
                    "primitive",
                    "firearms",
                    "explosives",
                    "suicide-attack",
                    "aerial",
                    "drone",
                    "heavy-weapons",
                    "crowd-control",
                    "unconventional",
                ],
                _ => &[],
            }
        };
        let named = TRIGGERS.values().chain(NOUNS.values()).flatten();
        for trigger in named {
            assert!(trigger.is_act() || trigger.mode.is_none() && !trigger.needs.is_empty(), "{trigger:?}");
            assert!(trigger.mode.is_none_or(|m| of(trigger.kind).contains(&m)), "{trigger:?}");
        }
        for mode in MODES.iter() {
            assert!(mode.kinds.iter().all(|k| of(k).contains(&mode.mode)), "{} of {:?}", mode.mode, mode.kinds);
        }
    }

    #[test]
    fn an_instrument_tells_the_mode_and_company_the_look_alikes() {
        assert_eq!(mode("ASSAULT", |w| w == "warplanes"), Some("aerial"));
        assert_eq!(mode("AID", |_| true), None);
        assert!(is_unlike(["the", "striker", "attacked"].into_iter()) && !is_unlike(["police", "striker"].into_iter()));
        assert!(DEEDS.is_sorted() && is_deed("proposal") && !is_deed("soldier"));
    }

    #[test]
    fn all_words_of_a_joined_need_must_be_there() {
        let off = triggers("call").iter().find(|t| t.kind == "REJECT").unwrap();
        assert!(off.fits(|w| matches!(w, "off" | "talks")) && !off.fits(|w| w == "talks"));
    }
}
