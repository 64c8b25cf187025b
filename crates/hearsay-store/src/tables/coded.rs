//! What was found in the articles: sentences, mentions, actors, claims, events.

use super::{Column, Table, actor, corrected, flag, integer, interval, json, numbered, span, spans, text, truth};

pub(super) fn tables() -> Vec<Table> {
    vec![sentences(), mentions(), actors(), claims(), events()]
}

fn sentences() -> Table {
    let whole = "CASE s.part WHEN 0 THEN coalesce(a.title, '') WHEN 1 THEN a.text ELSE coalesce(json_extract(a.captions, '$[' || (s.part - 2) || '].text'), '') END";
    Table {
        name: "sentences",
        about: "A sentence of an article's title, body or captions.",
        columns: vec![
            text("id", "s.id", "Hash of the article and the span."),
            text("article_id", "a.id", "The article."),
            text("passage", "s.role", "headline, dateline, caption or body."),
            integer(
                "caption",
                "iif(s.part > 1, s.part - 2, NULL)",
                "The number of the caption it stands in, from 0, or null.",
            ),
            integer("start", "s.start", "First byte, in the title, the caption or the body."),
            integer("end", "s.end", "One past the last byte."),
            text(
                "text",
                format!("CAST(substr(CAST({whole} AS BLOB), s.start + 1, s.end - s.start) AS TEXT)"),
                "The sentence.",
            ),
        ],
        from: "t_sentences s JOIN t_articles a ON a.key = s.article",
        ordered: "t_pages p CROSS JOIN t_articles a ON a.page = p.key CROSS JOIN t_sentences s ON s.article = a.key ORDER BY p.path, p.id, a.nth, s.nth",
    }
}

fn mentions() -> Table {
    let timed = |value: String| format!("CASE WHEN m.kind = 'time' THEN {value} END");
    Table {
        name: "mentions",
        about: "A span of an article that names an actor, a place or a time.",
        columns: vec![
            text("id", "m.id", "Hash of the article, the kind and the span."),
            text("article_id", "a.id", "The article."),
            text("sentence_id", numbered("t_sentences", "m.article", "m.sentence"), "The sentence."),
            text("kind", "m.kind", "actor, place or time."),
            json(
                "span",
                span("m.start", "m.end"),
                "Where it stands, in the text of its sentence: the title, the body or a caption.",
            ),
            text("actor_id", actor("m.actor"), "The actor, for kind actor."),
            json(
                "place",
                "(SELECT l.place FROM t_places l WHERE l.key = m.place)",
                "The place {id, name, lat, lon, country, kind, precision}, for kind place; id and coordinates are null for one that only the text knows.",
            ),
            json(
                "timex3",
                timed("json_object('type', m.timex_type, 'value', m.timex_value)".into()),
                "TIMEX3 {type, value}, for kind time.",
            ),
            json("interval", timed(interval("m.earliest", "m.latest")), "The days it can mean, for kind time."),
            text(
                "precision",
                "m.precision",
                "How exactly it is told, for kind time: day, week, month, season, year, ...",
            ),
            corrected("mention", "m"),
        ],
        from: "t_mentions m JOIN t_articles a ON a.key = m.article LEFT JOIN t_sentences h ON h.article = m.article AND h.nth = m.sentence",
        ordered: "t_pages p CROSS JOIN t_articles a ON a.page = p.key CROSS JOIN t_mentions m ON m.article = a.key LEFT JOIN t_sentences h ON h.article = m.article AND h.nth = m.sentence ORDER BY p.path, p.id, a.nth, m.nth",
    }
}

fn actors() -> Table {
    Table {
        name: "actors",
        about: "A government, organisation, armed group, media outlet, office or public person that an article mentions.",
        columns: vec![
            text("id", "k.id", "Hash of its key in the actor data, or of the article and the name it was found by."),
            text("name", "k.name", "The name it is shown by."),
            text(
                "kind",
                "k.kind",
                "government, state_body, organisation, armed_group, international, media, office or person.",
            ),
            text("country", "k.country", "ISO 3166-1 alpha-3 code, or null."),
            text("sector", "k.sector", "PLOVER sector code, or null."),
            text(
                "part_of",
                "CASE WHEN EXISTS (SELECT 1 FROM t_corrected_actors x WHERE x.actor = k.key) THEN (SELECT x.part_of FROM t_corrected_actors x WHERE x.actor = k.key) ELSE k.part_of END",
                "The id of the actor it is a part of, or null.",
            ),
            json(
                "aliases",
                "coalesce((SELECT x.aliases FROM t_corrected_actors x WHERE x.actor = k.key), k.aliases)",
                "Other names.",
            ),
            truth("public", "k.public", "Whether its name may be shown under the profile public."),
            text("basis", "k.basis", "Where it comes from: shipped, user or text."),
            json(
                "corrected",
                "coalesce((SELECT x.corrections FROM t_corrected_actors x WHERE x.actor = k.key), '[]')",
                "The ids of the corrections that changed it, in their order.",
            ),
        ],
        from: "t_actors k WHERE EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key)",
        ordered: "t_actors k WHERE EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key) ORDER BY k.name, k.id",
    }
}

fn claims() -> Table {
    Table {
        name: "claims",
        about: "One act of attribution. Claims nest; the publisher is the root of every chain and stands in no row.",
        columns: vec![
            text("id", "c.id", "Hash of the article and the spans."),
            text("article_id", "a.id", "The article."),
            text("sentence_id", numbered("t_sentences", "c.article", "c.sentence"), "The sentence of its cue."),
            text(
                "parent",
                numbered("t_claims", "c.article", "c.parent"),
                "The claim in whose content it stands, or null.",
            ),
            json(
                "source",
                source(),
                "Who is said to say it: {spans, head, actor_id, name, kind, naming, anonymous, role_text, relation {type, actor, actor_id}}. `name` is left out where there is none.",
            ),
            json(
                "cue",
                format!(
                    "json_object('spans', json({}), 'lemma', c.cue_lemma, 'class', c.cue_class, 'negated', {})",
                    spans("c.cue_spans"),
                    flag("c.cue_negated")
                ),
                "By what words: {spans, lemma, class, negated}.",
            ),
            json(
                "content",
                format!("json_object('spans', json({}), 'quote', c.quote)", spans("c.content_spans")),
                "What is said: {spans, quote: direct|mixed|indirect|topic}.",
            ),
            text(
                "stance",
                "c.stance",
                "asserts, confirms, denies, doubts, speculates, accuses, threatens, promises, demands, asks, declines or relays.",
            ),
            json("addressee", span("c.addressee_start", "c.addressee_end"), "To whom it was said, a span, or null."),
            json("medium", span("c.medium_start", "c.medium_end"), "Through what it was said, a span, or null."),
            json("why", "c.why", "Why the row is there: a list of sentences."),
            corrected("claim", "c"),
        ],
        from: "t_claims c JOIN t_articles a ON a.key = c.article LEFT JOIN t_sentences h ON h.article = c.article AND h.nth = c.sentence",
        ordered: "t_pages p CROSS JOIN t_articles a ON a.page = p.key CROSS JOIN t_claims c ON c.article = a.key LEFT JOIN t_sentences h ON h.article = c.article AND h.nth = c.sentence ORDER BY p.path, p.id, a.nth, c.nth",
    }
}

fn source() -> String {
    let relation = format!(
        "CASE WHEN c.relation IS NOT NULL THEN json_object('type', c.relation, 'actor', c.relation_text, 'actor_id', {}) END",
        actor("c.relation_actor")
    );
    let whole = format!(
        "json_object('spans', json({}), 'head', c.source_head, 'actor_id', {}, 'name', c.source_name, 'kind', c.source_kind, 'naming', c.source_naming, 'anonymous', {}, 'role_text', c.source_role, 'relation', json({relation}))",
        spans("c.source_spans"),
        actor("c.source_actor"),
        flag("c.source_anonymous")
    );
    // Readers put the name together with other text: a name that is not there is easier on them than a null.
    format!("CASE WHEN c.source_name IS NULL THEN json_remove({whole}, '$.name') ELSE {whole} END")
}

fn events() -> Table {
    Table {
        name: "events",
        about: "One reported act.",
        columns: [event_heads(), event_parts()].into_iter().flatten().collect(),
        from: "t_events e JOIN t_articles a ON a.key = e.article LEFT JOIN t_sentences h ON h.article = e.article AND h.nth = e.sentence",
        ordered: "t_pages p CROSS JOIN t_articles a ON a.page = p.key CROSS JOIN t_events e ON e.article = a.key LEFT JOIN t_sentences h ON h.article = e.article AND h.nth = e.sentence ORDER BY p.path, p.id, a.nth, e.nth",
    }
}

fn event_heads() -> Vec<Column> {
    vec![
        text("id", "e.id", "Hash of the article, the trigger and the type."),
        text("article_id", "a.id", "The article."),
        text("sentence_id", numbered("t_sentences", "e.article", "e.sentence"), "The sentence of its trigger."),
        text(
            "claim_id",
            numbered("t_claims", "e.article", "e.claim"),
            "The claim that tells it; null where the author does.",
        ),
        json("trigger", span("e.start", "e.end"), "The word that names the act, a span."),
        text(
            "type",
            "e.type",
            "PLOVER 0.8 type: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE or ASSAULT.",
        ),
        text("mode", "e.mode", "PLOVER 0.8 mode, or null."),
        json("context", "e.context", "PLOVER 0.8 contexts."),
        integer(
            "quad",
            "e.quad",
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        ),
        json("actors", participants(0), "Who does it: [{span, actor_id, name, country, sector}]."),
        json("recipients", participants(1), "To whom: the same."),
    ]
}

fn event_parts() -> Vec<Column> {
    let place = format!(
        "CASE WHEN e.place_name IS NOT NULL THEN json_object('span', json({}), 'place_id', e.place_id, 'name', e.place_name, 'lat', e.lat, 'lon', e.lon, 'precision', e.place_precision) END",
        span("e.place_start", "e.place_end")
    );
    let time = format!(
        "CASE WHEN e.time_precision IS NOT NULL THEN json_object('span', json({}), 'interval', json({}), 'precision', e.time_precision) END",
        span("e.time_start", "e.time_end"),
        interval("e.earliest", "e.latest")
    );
    let numbers = format!(
        "(SELECT json_group_array(json_object('kind', n.value->>0, 'span', json({}), 'low', n.value->>3, 'high', n.value->>4)) FROM json_each(e.numbers) n)",
        span("(n.value->>1)", "(n.value->>2)")
    );
    let tellers = format!(
        "(SELECT json_group_array(json_object('claim_id', coalesce({}, 'author'), 'certainty', t.value->>1, 'polarity', t.value->>2)) FROM json_each(e.tellers) t)",
        numbered("t_claims", "e.article", "(t.value->>0)")
    );
    vec![
        json(
            "place",
            place,
            "Where, as told: {span, place_id, name, lat, lon, precision}, or null; span is null where a person placed it.",
        ),
        json(
            "time",
            time,
            "When, as told: {span, interval, precision}, or null; span is null where the tense or the article alone tells, or a person.",
        ),
        json(
            "numbers",
            numbers,
            "How many: [{kind: killed|wounded|displaced|arrested|abducted|missing|released, span, low, high}]; low and high are null where that bound is not told.",
        ),
        text(
            "status",
            "e.status",
            "happened, denied, disputed, alleged, planned, threatened, hypothetical, background or unclear.",
        ),
        json(
            "tellers",
            tellers,
            "Who tells it, and how: [{claim_id: an id or \"author\", certainty: CT|PR|PS|U, polarity: +|-|u}].",
        ),
        json(
            "according_to",
            "e.according_to",
            "Each chain that tells it: [[publisher, relay, ..., ultimate source], ...].",
        ),
        json("why", "e.why", "Why the row is there: a list of sentences."),
        corrected("event", "e"),
    ]
}

fn participants(side: u8) -> String {
    format!(
        "(SELECT json_group_array(json_object('span', json({}), 'actor_id', {}, 'name', w.name, 'country', w.country, 'sector', w.sector)) FROM t_participants w WHERE w.event = e.key AND w.side = {side})",
        span("w.start", "w.end"),
        actor("w.actor")
    )
}
