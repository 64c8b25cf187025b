//! FollowTheMoney entities, one JSON object a line: actors, articles, acts, and which article names which actor.

use super::act::{self, Act, text};
use super::countries::country;
use crate::{Error, Row, Seen};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

#[derive(Serialize)]
struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    fn new(kind: &str, id: &str, schema: &'static str) -> Entity {
        Entity { id: name(kind, id), schema, properties: BTreeMap::new() }
    }

    /// Adds a value; an empty one is left out.
    fn add(&mut self, property: &'static str, value: impl Into<String>) -> &mut Entity {
        let value = value.into();
        if !value.is_empty() {
            self.properties.entry(property).or_default().push(value);
        }
        self
    }

    fn write(&self, out: &mut dyn Write) -> Result<(), Error> {
        serde_json::to_writer(&mut *out, self).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    }
}

fn name(kind: &str, id: &str) -> String {
    format!("hearsay-{kind}-{id}")
}

pub(super) fn write(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let mut names = BTreeMap::new();
    seen.each("actors", &mut |row| {
        names.insert(text(&row, "id"), text(&row, "name"));
        Ok(())
    })?;
    let mut count = seen.each("actors", &mut |row| actor(&row, &names).write(out))?;
    count += seen.each("articles", &mut |row| article(&row).write(out))?;
    let mut named: BTreeSet<(String, String)> = BTreeSet::new();
    seen.each("mentions", &mut |row| {
        if let Some(actor) = row.get("actor_id").and_then(Value::as_str) {
            named.insert((text(&row, "article_id"), actor.to_owned()));
        }
        Ok(())
    })?;
    for (article, actor) in &named {
        mention(article, actor, names.get(actor).map_or("", String::as_str)).write(out)?;
    }
    count += named.len() as u64;
    Ok(count + act::each(seen, &mut |act| event(&act).write(out))?)
}

/// An actor. The whole that it is a part of is told where the record holds that one too, by the names of its actors.
fn actor(row: &Row, names: &BTreeMap<String, String>) -> Entity {
    let schema = match &*text(row, "kind") {
        "government" | "state_body" | "office" => "PublicBody",
        "person" => "Person",
        _ => "Organization",
    };
    let mut entity = Entity::new("actor", &text(row, "id"), schema);
    entity.add("name", text(row, "name")).add("country", alpha2(&text(row, "country")));
    for alias in act::list(row, "aliases") {
        entity.add("alias", act::plain(alias));
    }
    if schema != "Person" {
        entity.add("classification", text(row, "kind"));
        if let Some(whole) = row.get("part_of").and_then(Value::as_str).filter(|id| names.contains_key(*id)) {
            entity.add("parent", name("actor", whole));
        }
    }
    entity.add("notes", sector(row));
    entity
}

fn sector(row: &Row) -> String {
    let sector = text(row, "sector");
    if sector.is_empty() { sector } else { format!("PLOVER sector {sector}") }
}

fn article(row: &Row) -> Entity {
    let mut entity = Entity::new("article", &text(row, "id"), "Article");
    let title = text(row, "title");
    entity
        .add("name", if title.is_empty() { format!("Article {}", text(row, "id")) } else { title.clone() })
        .add("title", title)
        .add("publisher", text(row, "publisher"))
        .add("author", text(row, "byline"))
        .add("publishedAt", act::day(row.get("published")))
        .add("language", language(&text(row, "language")))
        .add("sourceUrl", text(row, "url"));
    entity
}

fn mention(article: &str, actor: &str, called: &str) -> Entity {
    let mut entity = Entity::new("mention", &format!("{article}-{actor}"), "Mention");
    entity.add("document", name("article", article)).add("resolved", name("actor", actor)).add("name", called);
    entity
}

fn event(act: &Act) -> Entity {
    let mut entity = Entity::new("act", &act.id, "Event");
    let names = |side: &[act::Party]| side.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let title = [act.kind.clone(), names(&act.actors), names(&act.recipients)].into_iter().filter(|p| !p.is_empty());
    entity
        .add("name", title.collect::<Vec<_>>().join(" – "))
        .add("keywords", act.kind.clone())
        .add("keywords", act.mode.clone())
        .add("keywords", format!("status: {}", act.status))
        .add("startDate", act.earliest.map_or(String::new(), |d| d.to_string()))
        .add("endDate", act.latest.map_or(String::new(), |d| d.to_string()))
        .add("notes", format!("{}; machine-coded by hearsay {}", act.standing(), env!("CARGO_PKG_VERSION")))
        .add("recordId", act.id.clone());
    if let Some(spot) = &act.place {
        entity.add("location", spot.name.clone()).add("country", alpha2(spot.country.as_deref().unwrap_or("")));
    }
    let parties: BTreeSet<&String> =
        act.actors.iter().chain(&act.recipients).filter_map(|p| p.actor.as_ref()).collect();
    for party in parties {
        entity.add("involved", name("actor", party));
    }
    let mut stories = BTreeSet::new();
    for report in act.reports.iter().filter(|r| stories.insert(r.story.id.clone())) {
        entity.add("proof", name("article", &report.story.id)).add("summary", report.sentence.clone());
    }
    entity
}

/// FollowTheMoney writes countries as two small letters.
fn alpha2(code: &str) -> String {
    country(code).map_or(String::new(), |c| c.alpha2.to_lowercase())
}

/// FollowTheMoney writes languages by ISO 639-3; those that pages of news are most often in. Others are left out.
fn language(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or("") {
        "en" => "eng",
        "ar" => "ara",
        "fr" => "fra",
        "de" => "deu",
        "es" => "spa",
        "pt" => "por",
        "it" => "ita",
        "ru" => "rus",
        "uk" => "ukr",
        "tr" => "tur",
        "fa" => "fas",
        "he" => "heb",
        "ku" => "kur",
        "zh" => "zho",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn kinds_of_actors_have_their_schemas() {
        let row = json!({"id": "x", "name": "Orvian army", "kind": "state_body", "country": "SYR", "sector": "MIL",
            "part_of": "y", "aliases": ["the army"], "public": true});
        let names = BTreeMap::from([("y".to_owned(), "Orvia".to_owned())]);
        let entity = actor(row.as_object().unwrap(), &names);
        assert_eq!((entity.schema, entity.id.as_str()), ("PublicBody", "hearsay-actor-x"));
        assert_eq!(entity.properties["country"], ["sy"]);
        assert_eq!(entity.properties["parent"], ["hearsay-actor-y"]);
        assert!(!actor(row.as_object().unwrap(), &BTreeMap::new()).properties.contains_key("parent"));
    }

    #[test]
    fn an_act_tells_how_it_stands() {
        let act = Act { id: "1".into(), kind: "ASSAULT".into(), status: "denied".into(), ..Act::default() };
        let entity = event(&act);
        assert!(entity.properties["notes"][0].starts_with("status: denied"));
        assert!(entity.properties["keywords"].contains(&"status: denied".to_owned()));
    }
}
