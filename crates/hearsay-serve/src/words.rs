//! The record's short names in words for a reader.

/// A PLOVER type in words: what somebody does to somebody.
pub fn kind(kind: &str) -> String {
    let mut word = kind.to_lowercase();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// The four sorts of acts, by PLOVER's number.
pub const QUADS: [(u8, &str, &str); 4] = [
    (1, "words-good", "Verbal cooperation"),
    (2, "deeds-good", "Material cooperation"),
    (3, "words-bad", "Verbal conflict"),
    (4, "deeds-bad", "Material conflict"),
];

/// The name of a sort of acts in the style sheet.
pub fn quad_class(quad: u8) -> &'static str {
    QUADS.iter().find(|(n, ..)| *n == quad).map_or("words-good", |(_, class, _)| class)
}

/// How an act is told: a group of statuses that a picture shows in one lane.
pub struct Lane {
    /// As addresses and the style sheet name it.
    pub name: &'static str,
    /// For a reader.
    pub title: &'static str,
    /// The statuses in it.
    pub statuses: &'static [&'static str],
}

/// The lanes, from what is told as done to what is not done.
pub const LANES: [Lane; 4] = [
    Lane { name: "done", title: "Told as happened", statuses: &["happened", "background"] },
    Lane { name: "open", title: "Alleged or disputed", statuses: &["alleged", "disputed", "unclear"] },
    Lane { name: "denied", title: "Denied", statuses: &["denied"] },
    Lane {
        name: "ahead",
        title: "Planned, threatened or hypothetical",
        statuses: &["planned", "threatened", "hypothetical"],
    },
];

/// The lane of a status.
pub fn lane(status: &str) -> &'static Lane {
    LANES.iter().find(|lane| lane.statuses.contains(&status)).unwrap_or(&LANES[1])
}

/// Whether a stance is for, against or beside what is said.
pub fn side(stance: &str) -> &'static str {
    match stance {
        "denies" | "doubts" => "against",
        "relays" => "repeats",
        "asserts" | "confirms" | "accuses" => "for",
        _ => "other",
    }
}

/// A kind of actor in words.
pub fn actor_kind(kind: &str) -> String {
    kind.replace('_', " ")
}

/// How a source is named, in words.
pub fn naming(naming: &str) -> &'static str {
    match naming {
        "named" => "named",
        "described" => "described, not named",
        "bare" => "neither named nor described",
        "collective" => "a collective",
        "outlet" => "an outlet",
        _ => "no source is told",
    }
}

/// Whether a name holds a letter or a digit: what holds none names nobody.
pub fn says(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// A number with its digits in groups of three: 12,345.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number and what it counts, in the singular or the plural: "1 page", "2 pages".
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Text as a part of an address.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_lane() {
        for status in [
            "happened",
            "denied",
            "disputed",
            "alleged",
            "planned",
            "threatened",
            "hypothetical",
            "background",
            "unclear",
        ] {
            assert!(LANES.iter().any(|l| l.statuses.contains(&status)), "{status}");
        }
        assert!(says("النهر") && says("4") && !says("-") && !says(""));
        assert_eq!(kind("ASSAULT"), "Assault");
        assert_eq!(escaped("a b&ö"), "a%20b%26%C3%B6");
    }
}
