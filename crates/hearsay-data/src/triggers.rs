//! Words that name an act, with what they need around them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A reading of a verb as a PLOVER act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Dictionary form of the verb.
    pub lemma: &'static str,
    /// One of these words must follow within the clause; empty where none need to.
    pub needs: Vec<&'static str>,
    /// PLOVER 0.8 type.
    pub kind: &'static str,
    /// PLOVER 0.8 mode.
    pub mode: Option<&'static str>,
    /// PLOVER 0.8 context.
    pub context: Option<&'static str>,
    /// Where the recipient stands: `obj`, or behind a preposition; in order of trust.
    pub recipient: Vec<&'static str>,
    /// Whether what follows it is wished, refused or threatened, and no act of its own.
    pub controls: bool,
    /// Whether it is an act of speech.
    pub speech: bool,
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
    out.values_mut().for_each(|list| list.sort_by_key(|t| t.needs.is_empty()));
    out
}

fn read(row: &[&'static str]) -> Option<Trigger> {
    let [lemma, needs, kind, mode, context, recipient, marks] = row else { return None };
    let some = |f: &'static str| Some(f).filter(|f| *f != "-");
    let list = |f: &'static str| f.split('|').filter(|w| *w != "-").collect();
    Some(Trigger {
        lemma,
        needs: list(needs),
        kind,
        mode: some(mode),
        context: some(context),
        recipient: list(recipient),
        controls: marks.contains('c'),
        speech: marks.contains('s'),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_names_a_plover_type() {
        const TYPES: [&str; 16] = [
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
        for row in crate::rows(include_str!("../lexicons/triggers.tsv")) {
            assert!(read(&row).is_some_and(|t| TYPES.contains(&t.kind)), "{row:?}");
            let verb = crate::verbs::verb(row[0]).is_some_and(|v| v.lemma == row[0]);
            assert!(verb || row[6].contains('n'), "{} is no verb of the lexicon", row[0]);
        }
    }
}
