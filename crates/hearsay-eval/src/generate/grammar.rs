//! Expands the grammar of made-up reports.

use super::Dice;
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// The rules, by name: each a list of ways to write it.
pub(super) struct Grammar(BTreeMap<&'static str, Vec<&'static str>>);

/// What is known of one incident, by name.
pub(super) type Facts = BTreeMap<&'static str, String>;

impl Grammar {
    /// Reads the grammar that stands beside this file.
    pub(super) fn read() -> Result<Grammar> {
        let mut rules: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        let mut name = None;
        for line in include_str!("grammar.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            match (line.strip_suffix(':'), name) {
                (Some(next), _) => name = Some(next),
                (None, Some(name)) => rules.entry(name).or_default().push(line),
                (None, None) => bail!("a line of the grammar belongs to no rule: {line}"),
            }
        }
        Ok(Grammar(rules))
    }

    /// One way to write a rule. What is neither a rule nor a fact nor known to `other` stays as it is.
    pub(super) fn write(
        &self,
        rule: &str,
        facts: &Facts,
        dice: &mut Dice,
        other: &dyn Fn(&str, &mut Dice) -> Option<String>,
    ) -> String {
        let low = rule.to_lowercase();
        let known = facts.get(rule).or_else(|| facts.get(low.as_str())).cloned();
        let text = known.or_else(|| other(&low, dice)).or_else(|| {
            let ways = self.0.get(low.as_str())?;
            Some(self.expand(dice.of(ways), facts, dice, other))
        });
        let text = text.unwrap_or_else(|| format!("{{{rule}}}"));
        if rule.starts_with(char::is_uppercase) { capital(&text) } else { text }
    }

    fn expand(
        &self,
        way: &str,
        facts: &Facts,
        dice: &mut Dice,
        other: &dyn Fn(&str, &mut Dice) -> Option<String>,
    ) -> String {
        let mut out = String::new();
        let mut rest = way;
        while let Some(at) = rest.find(['{', '[']) {
            out.push_str(&rest[..at]);
            let end = close(&rest[at..]).map_or(rest.len(), |end| at + end);
            let inner = &rest[at + 1..end];
            if rest[at..].starts_with('{') {
                out.push_str(&self.write(inner, facts, dice, other));
            } else {
                let pieces = pieces(inner);
                out.push_str(&self.expand(dice.of(&pieces), facts, dice, other));
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

/// Where the bracket that a text begins with is closed.
fn close(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        depth += match c {
            '{' | '[' => 1,
            '}' | ']' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    })
}

/// The pieces between the bars that stand in no inner bracket.
fn pieces(inner: &str) -> Vec<&str> {
    let mut depth = 0;
    inner
        .split(|c| {
            depth += match c {
                '{' | '[' => 1,
                '}' | ']' => -1,
                _ => 0,
            };
            c == '|' && depth == 0
        })
        .collect()
}

/// With its first letter a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}
