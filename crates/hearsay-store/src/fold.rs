//! Folding for search: forms that a reader takes for one word are one word in the index.
//!
//! The tokenizer lowers letters and drops Latin accents by itself. Arabic needs more: vowel marks and the stretch mark go,
//! and the forms of alef, yeh and teh marbuta that writers mix are one. This is the usual light normalisation of
//! Arabic retrieval (Larkey, Ballesteros and Connell 2002, "Improving stemming for Arabic information retrieval").

/// Each character and what stands for it in the index; none where it goes.
const FOLDS: &[(char, Option<char>)] = &[
    ('\u{0640}', None),             // tatweel
    ('\u{064B}', None),             // fathatan
    ('\u{064C}', None),             // dammatan
    ('\u{064D}', None),             // kasratan
    ('\u{064E}', None),             // fatha
    ('\u{064F}', None),             // damma
    ('\u{0650}', None),             // kasra
    ('\u{0651}', None),             // shadda
    ('\u{0652}', None),             // sukun
    ('\u{0670}', None),             // superscript alef
    ('\u{0622}', Some('\u{0627}')), // alef with madda
    ('\u{0623}', Some('\u{0627}')), // alef with hamza above
    ('\u{0625}', Some('\u{0627}')), // alef with hamza below
    ('\u{0671}', Some('\u{0627}')), // alef wasla
    ('\u{0649}', Some('\u{064A}')), // alef maksura
    ('\u{0629}', Some('\u{0647}')), // teh marbuta
];

/// The SQL expression that folds the text that `operand` gives. Text without Arabic letters is left as it is at once.
pub(crate) fn sql(operand: &str) -> String {
    let folded = FOLDS.iter().fold("x".to_owned(), |inner, (from, to)| {
        let to = to.map_or("''".to_owned(), |c| format!("char({})", c as u32));
        format!("replace({inner}, char({}), {to})", *from as u32)
    });
    // Plain ASCII is known by its length. The letters are found by a pattern from hamza to alef wasla, which holds all that
    // is folded.
    format!(
        "(SELECT CASE WHEN octet_length(x) = length(x) THEN x WHEN x GLOB '*[' || char(1569) || '-' || char(1649) || ']*' THEN {folded} ELSE x END FROM (SELECT {operand} AS x))"
    )
}

/// Folds a text; with it, for each byte of the folded text, the byte of `text` that it comes from, and one past the end.
pub(crate) fn fold(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let to = FOLDS.iter().find(|(f, _)| *f == c).map_or(Some(c), |(_, to)| *to);
        if let Some(c) = to {
            folded.push(c);
            from.resize(folded.len(), at);
        }
    }
    from.push(text.len());
    (folded, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_and_code_fold_alike() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        let ask = format!("SELECT {}", sql("?1"));
        for text in ["plain", "", "الأُمَمُ المتّحدة", "إلى القدسـ", "Ärger and أ"] {
            let by_sql: String = conn.query_row(&ask, [text], |r| r.get(0)).unwrap();
            assert_eq!(by_sql, fold(text).0);
        }
    }

    #[test]
    fn offsets_lead_back_to_the_text() {
        let text = "a الأُمم b";
        let (folded, from) = fold(text);
        let at = folded.find('b').unwrap();
        assert_eq!(&text[from[at]..], "b");
        assert_eq!(from[folded.len()], text.len());
    }
}
