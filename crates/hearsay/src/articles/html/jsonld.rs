//! Structured data of a page: JSON-LD in the vocabulary of schema.org. Pages write it badly; what can be read is read.

use super::text;
use serde_json::{Map, Value};

/// One described thing.
pub(super) type Thing = Map<String, Value>;

/// How deep described things are looked for in each other.
const DEEP: usize = 6;

/// All described things of a script, the outer before the inner, those of arrays and graphs in order.
pub(super) fn things(script: &str) -> Vec<Thing> {
    let Some(value) = parse(script) else { return Vec::new() };
    let mut out = Vec::new();
    collect(value, DEEP, &mut out);
    out
}

fn parse(script: &str) -> Option<Value> {
    let trimmed = script.trim().trim_start_matches('\u{feff}');
    let inner = trimmed.find(['{', '[']).map_or("", |n| &trimmed[n..]);
    let first = |text: &str| serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok();
    first(inner).or_else(|| first(&repaired(inner)))
}

/// Line ends and tabs inside strings become spaces, a comma before a closing bracket goes.
fn repaired(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in script.chars() {
        match c {
            '"' if !escaped => in_string = !in_string,
            '}' | ']' if !in_string => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

fn collect(value: Value, deep: usize, out: &mut Vec<Thing>) {
    match value {
        Value::Array(items) if deep > 0 => items.into_iter().for_each(|v| collect(v, deep - 1, out)),
        Value::Object(mut thing) => {
            let inner: Vec<Value> =
                ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "liveBlogUpdate", "itemListElement", "item"]
                    .iter()
                    .filter_map(|key| if deep > 0 { thing.get_mut(*key).map(Value::take) } else { None })
                    .collect();
            let place = out.len();
            for value in inner {
                collect(value, deep - 1, out);
            }
            out.insert(place, thing);
        }
        _ => {}
    }
}

/// Whether the thing is of a type whose name meets `is`.
pub(super) fn is_type(thing: &Thing, is: impl Fn(&str) -> bool) -> bool {
    match thing.get("@type") {
        Some(Value::String(t)) => is(t.rsplit(['/', ':']).next().unwrap_or(t)),
        Some(Value::Array(types)) => {
            types.iter().filter_map(Value::as_str).any(|t| is(t.rsplit(['/', ':']).next().unwrap_or(t)))
        }
        _ => false,
    }
}

/// Whether the thing is a story.
pub(super) fn is_story(thing: &Thing) -> bool {
    is_type(thing, |t| {
        t.ends_with("Article")
            || matches!(
                t,
                "BlogPosting"
                    | "LiveBlogPosting"
                    | "Report"
                    | "Review"
                    | "ClaimReview"
                    | "SocialMediaPosting"
                    | "Recipe"
            )
    })
}

/// The first string under `key`, also in an array or as the `name`, `url` or `@value` of a thing.
pub(super) fn string(thing: &Thing, key: &str) -> Option<String> {
    first_string(thing.get(key)?)
}

fn first_string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => return items.iter().find_map(first_string),
        Value::Object(o) => {
            return ["name", "@value", "url", "@id"].iter().find_map(|k| o.get(*k).and_then(first_string));
        }
        _ => return None,
    };
    let text = unescaped(&text);
    (!text.is_empty()).then_some(text)
}

/// All strings under `key`: those of an array each, of a thing its `name`.
pub(super) fn strings(thing: &Thing, key: &str) -> Vec<String> {
    match thing.get(key) {
        Some(Value::Array(items)) => items.iter().filter_map(first_string).collect(),
        Some(value) => first_string(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Text that may have been written with character references.
pub(super) fn unescaped(raw: &str) -> String {
    match raw.contains('&') {
        true => text::clean(&super::entities::decode(raw, false)),
        false => text::clean(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_and_arrays_are_opened() {
        let script = r#"{"@context":"x","@graph":[{"@type":"WebPage","name":"w"},[{"@type":["NewsArticle"],"headline":"Bridge &amp; road"}]]}"#;
        let found = things(script);
        let story = found.iter().find(|t| is_story(t)).unwrap();
        assert_eq!(string(story, "headline").as_deref(), Some("Bridge & road"));
    }

    #[test]
    fn careless_writing_is_read() {
        let script = "<!--\n{\"@type\":\"NewsArticle\",\n\"headline\":\"One\ntwo\",}\n//-->";
        assert_eq!(string(&things(script)[0], "headline").as_deref(), Some("One two"));
        assert!(things("not json").is_empty());
    }

    #[test]
    fn persons_are_named() {
        let found = things(r#"{"author":[{"@type":"Person","name":"Ada Orlu"},"B. Tam"]}"#);
        assert_eq!(strings(&found[0], "author"), ["Ada Orlu", "B. Tam"]);
    }
}
