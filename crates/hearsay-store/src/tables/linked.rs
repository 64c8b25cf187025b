//! What linking found: incidents, disputes, relations.

use super::{Column, Table, integer, interval, json, real, text};

pub(super) fn tables() -> Vec<Table> {
    vec![incidents(), disputes(), relations()]
}

fn incidents() -> Table {
    Table {
        name: "incidents",
        about: "What one or several reports tell of: events of the same act, joined across articles. Every event stands in one.",
        columns: [incident_heads(), incident_parts()].into_iter().flatten().collect(),
        from: "t_incidents i",
        ordered: "t_incidents i ORDER BY i.id",
    }
}

fn incident_heads() -> Vec<Column> {
    let events = "(SELECT json_group_array(q.id) FROM (SELECT e.id FROM t_incident_events j JOIN t_events e ON e.key = j.event WHERE j.incident = i.key ORDER BY e.id) q)";
    vec![
        text("id", "i.id", "Hash of the smallest id of its events."),
        text("type", "i.type", "PLOVER type: that of most of its events."),
        json("actors", "i.actors", "Who did it, most reports first: [{actor_id, name, reports}]."),
        json("recipients", "i.recipients", "To whom: the same."),
        json(
            "interval",
            interval("i.earliest", "i.latest"),
            "The days in which it can have been, by all reports together.",
        ),
        json(
            "place",
            "i.place",
            "Where, as exactly as any report tells: {place_id, name, lat, lon, country, precision}, or null.",
        ),
        json("events", events, "The ids of its events."),
        json(
            "tellers_for",
            "i.tellers_for",
            "Who says that it was: [{name, actor_id, author, anonymous, claims, events, publishers}]; `author` is true for a publisher that says so in its own words, `claims` and `events` are ids, `publishers` print it.",
        ),
        json("tellers_against", "i.tellers_against", "Who says that it was not: the same."),
        json("stories", "i.stories", "The ids of the stories that tell it; reprints count once."),
        json(
            "publishers",
            "i.publishers",
            "The publishers that tell it on their own: of each story the one that had it first.",
        ),
        text("first_reported", "i.first_reported", "The day by which it was first reported, or null."),
    ]
}

fn incident_parts() -> Vec<Column> {
    let published = "coalesce(a.published_earliest, a.published_latest)";
    let sentence = super::numbered("t_sentences", "e.article", "e.sentence");
    let reports = format!(
        "(SELECT json_group_array(json_object('event_id', q.id, 'article_id', q.article, 'story_id', q.story, 'publisher', q.publisher, 'published', q.published, 'sentence_id', q.sentence, 'why', q.why)) FROM (SELECT e.id, a.id AS article, a.story, a.publisher, {published} AS published, {sentence} AS sentence, j.why FROM t_incident_events j JOIN t_events e ON e.key = j.event JOIN t_articles a ON a.key = e.article WHERE j.incident = i.key ORDER BY j.nth) q)"
    );
    vec![
        text("mode", "i.mode", "PLOVER mode, or null."),
        integer(
            "quad",
            "i.quad",
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        ),
        text(
            "status",
            "i.status",
            "How it stands, all reports together: happened, denied, disputed, alleged, planned, threatened, hypothetical, background or unclear.",
        ),
        json("relays", "i.relays", "Who repeats it and takes no side: as `tellers_for`."),
        json(
            "numbers",
            "i.numbers",
            "How many, per source: [{kind, low, high, by: [{value, low, high, source, publisher, published, event}]}]; `value` as a reader writes it, `low` and `high` of the whole over all sources.",
        ),
        json(
            "changes",
            "i.changes",
            "What a later report tells otherwise: [{event, published, publisher, what, before, now}].",
        ),
        json(
            "reports",
            reports,
            "Its events in the order of publication, each with why it was joined: [{event_id, article_id, story_id, publisher, published, sentence_id, why}].",
        ),
        json("corrected", CORRECTED, "The ids of the corrections that changed it or one of its events."),
    ]
}

/// By its events, and by what was said of events together.
const CORRECTED: &str = "(SELECT json_group_array(q.id) FROM (SELECT c.value AS id FROM t_incident_events j JOIN t_events e ON e.key = j.event JOIN t_corrected x ON x.article = e.article AND x.what = 'event' AND x.nth = e.nth, json_each(x.corrections) c WHERE j.incident = i.key UNION SELECT o.id FROM t_incident_events j JOIN t_incident_corrections m ON m.event = j.event JOIN t_corrections o ON o.key = m.correction WHERE j.incident = i.key ORDER BY 1) q)";

fn disputes() -> Table {
    Table {
        name: "disputes",
        about: "What some assert and others deny, whichever of the two is right.",
        columns: vec![
            text("id", "d.id", "Hash of the incident, or of the claims."),
            text(
                "incident_id",
                "(SELECT i.id FROM t_incidents i WHERE i.key = d.incident)",
                "The incident that it is about; null where the claims tell no event.",
            ),
            text("proposition", "d.proposition", "What it is about, in words of those who assert it."),
            json("actors", "d.actors", "The ids of the actors that both sides speak of."),
            json(
                "tellers_for",
                "d.tellers_for",
                "Who asserts it: [{claim_id, event_id, article_id, name, actor_id, anonymous, publisher, published}]; `claim_id` is null where the article's author says so.",
            ),
            json("tellers_against", "d.tellers_against", "Who denies it: the same."),
            text("first_disputed", "d.first_disputed", "The day by which both sides had been told, or null."),
            text("why", "d.why", "Why both sides speak of one thing."),
        ],
        from: "t_disputes d",
        ordered: "t_disputes d ORDER BY d.id",
    }
}

fn relations() -> Table {
    let events = "(SELECT json_group_array(q.id) FROM (SELECT e.id FROM json_each(r.incidents) w JOIN t_incidents i ON i.id = w.value JOIN t_incident_events j ON j.incident = i.key JOIN t_events e ON e.key = j.event ORDER BY e.id) q)";
    Table {
        name: "relations",
        about: "What passed between two actors, by month. An act counts once, however many report it; what is only denied, planned, threatened or supposed is left out.",
        columns: vec![
            text("a", "a.id", "The id of one actor: of the two the smaller."),
            text("b", "b.id", "The id of the other."),
            text("a_name", "a.name", "The name of the one."),
            text("b_name", "b.name", "The name of the other."),
            text(
                "month",
                "r.month",
                "The month of the acts (`2012-02`); that of the first report where the act has no day of its own; `2012` where only the year is told; or null.",
            ),
            integer("cooperative", "r.verbal_cooperation + r.material_cooperation", "How many acts of cooperation."),
            integer("hostile", "r.verbal_conflict + r.material_conflict", "How many acts of conflict."),
            real(
                "scale",
                "r.scale",
                "The mean of the acts on the scale from -10 (hostile) to 10 (cooperative); see `hearsay-data/lexicons/scale.tsv`.",
            ),
            json(
                "quads",
                "json_array(r.verbal_cooperation, r.material_cooperation, r.verbal_conflict, r.material_conflict)",
                "How many acts of verbal cooperation, material cooperation, verbal conflict and material conflict.",
            ),
            integer("from_a", "r.from_a", "How many of them `a` did to `b`."),
            integer("from_b", "r.from_b", "How many of them `b` did to `a`."),
            json("incidents", "r.incidents", "The ids of the incidents."),
            json("events", events, "The ids of their events."),
            text("turn", "r.turn", "Why this month is a turning point; null where it is none."),
        ],
        from: "t_relations r JOIN t_actors a ON a.key = r.a JOIN t_actors b ON b.key = r.b",
        ordered: "t_relations r JOIN t_actors a ON a.key = r.a JOIN t_actors b ON b.key = r.b ORDER BY a.name, b.name, a.id, b.id, r.month",
    }
}
