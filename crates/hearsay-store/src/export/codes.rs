//! Codes of other projects, by type, mode and sector: the tables beside this file, and how they are looked up.

/// The rows of a table: lines that are no comment, cut at tabs.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

/// Intensity and CAMEO code of a type and mode.
pub(super) fn cameo(kind: &str, mode: &str) -> (&'static str, &'static str) {
    let mut found = ("", "");
    for row in rows(include_str!("codes.tsv")).filter(|r| r.len() == 4 && r[0] == kind) {
        if row[1] == "-" || row[1] == mode {
            found = (row[2], row[3]);
        }
    }
    found
}

/// What a word at the end of a description tells of people who are no actor: "five soldiers" are military.
pub(super) fn sector_of_crowd(name: &str) -> Option<&'static str> {
    let words: Vec<String> = name.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let of = |word: &String| rows(include_str!("crowds.tsv")).find(|r| r[0] == word).map(|r| r[1]);
    words.iter().rev().find_map(of)
}

/// Whether an act of this status is told as done, for formats that have no field for how it stands.
pub(super) fn told_as_done(status: &str) -> bool {
    matches!(status, "happened" | "disputed" | "alleged" | "unclear" | "background")
}

/// An event type of ACLED.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AcledType {
    pub(super) disorder: &'static str,
    pub(super) event: &'static str,
    pub(super) sub_event: &'static str,
}

/// What kind of people an act is done to, as far as ACLED's types turn on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// They bear arms.
    Armed,
    /// They do not.
    Unarmed,
    /// It is not told, or nobody is told.
    Unknown,
}

/// ACLED's type for a type, a mode and a target; none where ACLED does not code such acts.
pub(super) fn acled(kind: &str, mode: &str, target: Target) -> Option<AcledType> {
    let target = match target {
        Target::Armed => "armed",
        Target::Unarmed => "unarmed",
        Target::Unknown => "unknown",
    };
    let fits = |r: &Vec<&str>| {
        r.len() == 7 && r[0] == kind && (r[1] == mode || r[1] == "*") && (r[2] == target || r[2] == "*")
    };
    let row = rows(include_str!("acled.tsv")).find(fits)?;
    (row[3] != "-").then(|| AcledType { disorder: row[5], event: row[3], sub_event: row[4] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_cameo_code_and_a_mode_sharpens_it() {
        for kind in
            ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"]
        {
            assert!(cameo(kind, "").1.len() == 3, "{kind}");
        }
        assert_eq!((cameo("ASSAULT", ""), cameo("ASSAULT", "abduct")), (("-9", "190"), ("-8.5", "181")));
        assert_eq!(cameo("PROTEST", "vandalize"), ("-5", "140"));
    }

    #[test]
    fn acled_types_turn_on_the_target() {
        let sub = |kind, mode, target| acled(kind, mode, target).map(|t| t.sub_event);
        assert_eq!(sub("ASSAULT", "firearms", Target::Armed), Some("Armed clash"));
        assert_eq!(sub("ASSAULT", "firearms", Target::Unarmed), Some("Attack"));
        assert_eq!(sub("ASSAULT", "aerial", Target::Unknown), Some("Air/drone strike"));
        assert_eq!(sub("ASSAULT", "firearms", Target::Unknown), Some(""));
        assert_eq!(sub("SUPPORT", "", Target::Unknown), None);
    }

    /// The 25 sub-event types of the codebook, each under its event type and disorder type.
    #[test]
    fn the_table_names_only_what_acled_has() {
        const SUB: [&str; 17] = [
            "",
            "Armed clash",
            "Attack",
            "Abduction/forced disappearance",
            "Sexual violence",
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Excessive force against protesters",
            "Peaceful protest",
            "Violent demonstration",
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Looting/property destruction",
        ];
        for row in rows(include_str!("acled.tsv")).filter(|r| r[3] != "-") {
            assert_eq!(row.len(), 7, "{row:?}");
            assert!(SUB.contains(&row[4]), "{row:?}");
            assert!(!row[6].is_empty(), "{row:?} has no reason");
        }
    }

    #[test]
    fn crowds_have_sectors() {
        assert_eq!(sector_of_crowd("Eight government soldiers"), Some("MIL"));
        assert_eq!(sector_of_crowd("at least five people"), Some("CVL"));
        assert_eq!(sector_of_crowd("Orvia"), None);
    }
}
