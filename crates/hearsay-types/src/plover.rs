//! The types and modes of acts: PLOVER 0.8 (Open Event Data Alliance), as `docs/codebook.md` reads them.

/// Each type with its quad and its modes.
pub const TYPES: [(&str, u8, &[&str]); 16] = [
    ("AGREE", 1, &[]),
    ("CONSULT", 1, &["visit", "third-party", "multilateral", "phone"]),
    ("SUPPORT", 1, &[]),
    ("CONCEDE", 1, &[]),
    ("COOPERATE", 2, &[]),
    ("AID", 2, &[]),
    ("RETREAT", 2, &["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    ("REQUEST", 3, &["assist", "change", "yield", "meet"]),
    ("ACCUSE", 3, &["disapprove", "investigate", "allege"]),
    ("REJECT", 3, &["assist", "change", "yield", "meet"]),
    ("THREATEN", 3, &["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    ("PROTEST", 4, &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    ("SANCTION", 4, &["convict", "expel", "withdraw", "discontinue"]),
    ("MOBILIZE", 4, &["troops", "weapons", "police", "militia"]),
    (
        "COERCE",
        4,
        &[
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
    ),
    (
        "ASSAULT",
        4,
        &[
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
    ),
];

/// The quad of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. None where there is
/// no such type.
pub fn quad(kind: &str) -> Option<u8> {
    TYPES.iter().find(|t| t.0 == kind).map(|t| t.1)
}

/// The modes of a type; none where there is no such type.
pub fn modes(kind: &str) -> Option<&'static [&'static str]> {
    TYPES.iter().find(|t| t.0 == kind).map(|t| t.2)
}
