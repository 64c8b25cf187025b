//! Names of private people, masked where a page is made for anybody.
//!
//! The record keeps no list of private people. What is known to be one is a source that is a person and no public actor,
//! and the byline. Their names are masked wherever they stand in the article.

use std::borrow::Cow;

/// What stands in place of a name.
pub const MASK: &str = "[name withheld]";

/// The names that an article must not show.
#[derive(Debug, Default, Clone)]
pub struct Hidden(Vec<String>);

impl Hidden {
    /// A name is hidden whole, and by its last word of four letters or more with a capital, as later sentences use it.
    pub fn new(names: impl IntoIterator<Item = String>) -> Hidden {
        let mut all = Vec::new();
        for name in names {
            let last = name.split_whitespace().next_back().unwrap_or_default();
            if last.len() < name.len() && last.chars().count() > 3 && last.chars().next().is_some_and(char::is_uppercase) {
                all.push(last.to_owned());
            }
            all.push(name);
        }
        all.retain(|name| name.chars().count() > 2);
        all.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        all.dedup();
        Hidden(all)
    }

    /// A text without the names.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = self.spans(text);
        if found.is_empty() {
            return text.into();
        }
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        for (start, end) in found {
            out += &text[at..start];
            out += MASK;
            at = end;
        }
        out += &text[at..];
        out.into()
    }

    /// Where the names stand, in order, whole words only.
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for name in &self.0 {
            for (start, _) in text.match_indices(name.as_str()) {
                let end = start + name.len();
                let edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
                let whole = edge(text[..start].chars().next_back()) && edge(text[end..].chars().next());
                if whole && !found.iter().any(|&(s, e)| start < e && s < end) {
                    found.push((start, end));
                }
            }
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_masked_whole_and_by_its_last_word() {
        let hidden = Hidden::new(["Omar Telvan".to_owned()]);
        assert_eq!(hidden.mask("Omar Telvan left. Telvan's car, Telvanian."), "[name withheld] left. [name withheld]'s car, Telvanian.");
        assert_eq!(Hidden::default().mask("Omar Telvan"), "Omar Telvan");
    }
}
