//! Claims: who says what.

use super::{Stretch, spans, words};
use crate::ask::Ask;
use crate::error::Trouble;
use rusqlite::Row;
use rusqlite::types::Value;

/// A claim, as pages show it.
pub struct Claim {
    pub key: i64,
    pub article: i64,
    pub nth: i64,
    pub id: String,
    pub sentence: Option<i64>,
    /// The text that its spans stand in: 0 the title, 1 the body, 2 the first caption.
    pub part: i64,
    /// The number of the claim in whose content it stands.
    pub parent: Option<i64>,
    pub source: Source,
    pub cue: Vec<(usize, usize)>,
    pub content: Vec<(usize, usize)>,
    pub quote: String,
    pub stance: String,
    pub why: Vec<String>,
}

/// Who is said to say it.
pub struct Source {
    pub spans: Vec<(usize, usize)>,
    /// The actor's id.
    pub actor: Option<String>,
    pub name: Option<String>,
    pub kind: String,
    pub naming: String,
    pub anonymous: bool,
    pub role: Option<String>,
}

impl Source {
    /// What the source is called: its name, or the words of the text. A description of one word is shown as it stands there:
    /// "The army", not "army".
    pub fn called(&self, text: &str) -> String {
        let bare = |name: &str| self.naming != "named" && self.naming != "outlet" && !name.contains(' ');
        let named = self.name.clone().filter(|name| crate::words::says(name) && (self.spans.is_empty() || !bare(name)));
        let called = named.unwrap_or_else(|| words(text, &self.spans));
        if called.is_empty() { "unnamed".into() } else { called }
    }
}

const OWN_COLUMNS: &str = "c.key, c.article, c.nth, c.id, c.sentence, c.parent, c.source_spans,
     (SELECT id FROM t_actors WHERE key = c.source_actor), c.source_name, c.source_kind, c.source_naming, c.source_anonymous,
     c.source_role, c.cue_spans, c.content_spans, c.quote, c.stance, c.why";

/// What is read of a row, the text that its spans stand in last.
fn columns() -> String {
    format!("{OWN_COLUMNS}, {}", hearsay_store::part("c"))
}

fn claim(r: &Row<'_>) -> rusqlite::Result<Claim> {
    let pairs = |at| Ok::<_, rusqlite::Error>(spans(&r.get::<_, String>(at)?).unwrap_or_default());
    Ok(Claim {
        key: r.get(0)?,
        article: r.get(1)?,
        nth: r.get(2)?,
        id: r.get(3)?,
        sentence: r.get(4)?,
        part: r.get(18)?,
        parent: r.get(5)?,
        source: Source {
            spans: pairs(6)?,
            actor: r.get(7)?,
            name: r.get(8)?,
            kind: r.get(9)?,
            naming: r.get(10)?,
            anonymous: r.get(11)?,
            role: r.get(12)?,
        },
        cue: pairs(13)?,
        content: pairs(14)?,
        quote: r.get(15)?,
        stance: r.get(16)?,
        why: serde_json::from_str(&r.get::<_, String>(17)?).unwrap_or_default(),
    })
}

/// The claims of an article, in order.
pub fn of_article(ask: &Ask, article: i64) -> Result<Vec<Claim>, Trouble> {
    ask.all(&format!("SELECT {} FROM t_claims c WHERE c.article = ?1 ORDER BY c.nth", columns()), [article], claim)
}

/// The claims whose cue or content stands in a sentence, in order; `at` is the sentence's part, first byte and end.
pub fn of_sentence(ask: &Ask, article: i64, sentence: i64, at: (i64, usize, usize)) -> Result<Vec<Claim>, Trouble> {
    let sql = format!(
        "SELECT {} FROM t_claims c WHERE c.article = ?1 AND (c.sentence = ?2 OR
             ({} = ?3
             AND EXISTS (SELECT 1 FROM json_each(c.content_spans) s WHERE (s.value->>0) < ?5 AND (s.value->>1) > ?4)))
         ORDER BY c.nth",
        columns(),
        hearsay_store::part("c")
    );
    ask.all(&sql, (article, sentence, at.0, at.1, at.2), claim)
}

/// The claim with this number in an article.
pub fn nth(ask: &Ask, article: i64, nth: i64) -> Result<Option<Claim>, Trouble> {
    ask.one(&format!("SELECT {} FROM t_claims c WHERE c.article = ?1 AND c.nth = ?2", columns()), [article, nth], claim)
}

/// The claim with this id.
pub fn by_id(ask: &Ask, id: &str) -> Result<Option<Claim>, Trouble> {
    ask.one(&format!("SELECT {} FROM t_claims c WHERE c.id = ?1", columns()), [id], claim)
}

/// From the outermost claim to this one's parent.
pub fn chain(ask: &Ask, of: &Claim) -> Result<Vec<Claim>, Trouble> {
    let mut chain: Vec<Claim> = Vec::new();
    let mut next = of.parent;
    while let Some(number) = next
        && !chain.iter().any(|c| c.nth == number)
        && let Some(claim) = nth(ask, of.article, number)?
    {
        next = claim.parent;
        chain.push(claim);
    }
    chain.reverse();
    Ok(chain)
}

/// Which claims to list.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    pub stance: Option<String>,
    /// Actors' ids: what any of them said.
    pub by: Vec<String>,
    /// The source's name or words, exactly.
    pub source: Option<String>,
    pub anonymous: bool,
    /// The publication lies in these days.
    pub from: Option<String>,
    pub to: Option<String>,
    /// Actors' ids: one of them is named in the content.
    pub about: Vec<String>,
}

/// Claims in the order in which they came into the record.
pub fn list(ask: &Ask, wanted: &Wanted, after: i64, size: usize) -> Result<Stretch<Claim>, Trouble> {
    let (sql, values) = question(wanted, after, size);
    let rows = ask.all(&sql, rusqlite::params_from_iter(values), claim)?;
    Ok(Stretch::cut(rows, size, |c| c.key.to_string()))
}

fn question(wanted: &Wanted, after: i64, size: usize) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![after.into(), (size as i64 + 1).into()];
    let mut place = |value: String| {
        values.push(value.into());
        format!("?{}", values.len())
    };
    let mut keys = |ids: &[String]| {
        let all: Vec<String> = ids.iter().map(|id| place(id.clone())).collect();
        format!("(SELECT key FROM t_actors WHERE id IN ({}))", all.join(", "))
    };
    let (by, about) = (keys(&wanted.by), keys(&wanted.about));
    let mut from = "t_claims c".to_owned();
    let mut order = " ORDER BY c.key";
    let mut terms = vec!["c.key > ?1".to_owned()];
    if !wanted.by.is_empty() {
        terms.push(format!("c.key IN (SELECT key FROM t_claims WHERE source_actor IN {by})"));
    }
    if !wanted.about.is_empty() {
        terms.push(format!(
            "EXISTS (SELECT 1 FROM t_mentions m, json_each(c.content_spans) s WHERE m.article = c.article
                 AND m.actor IN {about} AND m.start >= (s.value->>0) AND m.end <= (s.value->>1))"
        ));
    }
    if !wanted.about.is_empty() && wanted.by.is_empty() {
        // Article by article, so that it ends as soon as there are enough; the keys of claims rise with those of articles.
        from = format!(
            "(SELECT DISTINCT article FROM t_article_actors WHERE actor IN {about} ORDER BY article) j
             CROSS JOIN t_claims c ON c.article = j.article"
        );
        order = "";
    }
    if wanted.from.is_some() || wanted.to.is_some() {
        from += " JOIN t_articles a ON a.key = c.article";
        terms.extend(wanted.from.clone().map(|day| format!("a.published_earliest >= {}", place(day))));
        terms.extend(wanted.to.clone().map(|day| format!("a.published_latest <= {}", place(day))));
    }
    terms.extend(wanted.stance.clone().map(|stance| format!("c.stance = {}", place(stance))));
    terms.extend(wanted.source.clone().map(|name| format!("c.source_name = {}", place(name))));
    if wanted.anonymous {
        terms.push("c.source_anonymous = 1".into());
    }
    let sql = format!("SELECT {} FROM {from} WHERE {}{order} LIMIT ?2", columns(), terms.join(" AND "));
    (sql, values)
}

/// A source that a reader cannot know, and how often it speaks.
pub struct Anonymous {
    pub called: String,
    pub naming: String,
    pub said: u64,
}

/// The anonymous sources by what they are called, those that speak most first.
pub fn anonymous(ask: &Ask, size: usize) -> Result<Vec<Anonymous>, Trouble> {
    ask.all(
        "SELECT source_name, min(source_naming), count(*) FROM t_claims
         WHERE source_anonymous = 1 AND source_name IS NOT NULL GROUP BY source_name ORDER BY 3 DESC, 1 LIMIT ?1",
        [size],
        |r| Ok(Anonymous { called: r.get(0)?, naming: r.get(1)?, said: r.get(2)? }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: Option<&str>, naming: &str, span: (usize, usize)) -> String {
        let source = Source {
            spans: vec![span],
            actor: None,
            name: name.map(str::to_owned),
            kind: "unknown".into(),
            naming: naming.into(),
            anonymous: false,
            role: None,
        };
        source.called("The army and a baker in the town said so.")
    }

    #[test]
    fn a_source_is_called_by_its_name_or_as_the_text_has_it() {
        assert_eq!(called(Some("Tolvar's army"), "named", (0, 8)), "Tolvar's army");
        assert_eq!(called(Some("Tolvar"), "named", (0, 8)), "Tolvar");
        assert_eq!(called(Some("army"), "described", (0, 8)), "The army");
        assert_eq!(called(Some("baker in the town"), "described", (13, 32)), "baker in the town");
        assert_eq!(called(Some("-"), "named", (0, 8)), "The army");
        assert_eq!(called(None, "none", (0, 0)), "unnamed");
    }
}
