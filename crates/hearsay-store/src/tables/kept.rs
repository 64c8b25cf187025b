//! Pages, articles, stories, and what is kept about the record itself.

use super::{Column, ColumnKind, Table, body_span, column, integer, interval, json, text};

pub(super) fn tables() -> Vec<Table> {
    vec![pages(), articles(), stories(), corrections(), runs(), failures(), notes()]
}

fn pages() -> Table {
    let paths = "(SELECT json_group_array(q.path) FROM (SELECT path FROM t_paths WHERE page = p.key ORDER BY path) q)";
    Table {
        name: "pages",
        about: "One file as it was saved, or one record of a container.",
        columns: vec![
            text("id", "p.id", "SHA-256 of the saved bytes, 64 hexadecimal digits."),
            text(
                "path",
                "p.path",
                "`FILE`, `FILE#n` for the n-th record of a container, or `FILE#n#m` for an entry of a feed in it; the first by name of `paths`.",
            ),
            json("paths", paths, "Every place where these same bytes were found."),
            text("url", "p.declared->>'url'", "Where the container says it was taken from, or null."),
            text("media_type", "p.media_type", "IANA media type."),
            text("encoding", "p.encoding", "The encoding it was decoded from (WHATWG label)."),
            integer("bytes", "p.bytes", "Length as saved."),
            text("read_at", "p.read_at", "When it was read, UTC (RFC 3339)."),
            integer("run", "p.run", "The run that coded it; `runs.id`."),
            json(
                "declared",
                "p.declared",
                "What the container said beside the page: url, published, title, byline, publisher, captured; each as it stood, or null.",
            ),
            column(
                ColumnKind::Bytes,
                "original",
                "(SELECT o.zstd FROM t_originals o WHERE o.page = p.key)",
                "The saved bytes as one zstd frame. Left out of exports.",
            ),
        ],
        from: "t_pages p",
        ordered: "t_pages p ORDER BY p.path, p.id",
    }
}

fn articles() -> Table {
    let dateline = format!(
        "CASE WHEN a.dateline_start IS NOT NULL THEN json_object('span', json({}), 'place', a.dateline_place, 'date', json({}), 'agency', a.dateline_agency) END",
        body_span("a.dateline_start", "a.dateline_end"),
        interval("a.dateline_earliest", "a.dateline_latest")
    );
    Table {
        name: "articles",
        about: "One story on a page.",
        columns: [article_heads(), article_texts(dateline)].into_iter().flatten().collect(),
        from: "t_articles a JOIN t_pages p ON p.key = a.page",
        ordered: "t_pages p CROSS JOIN t_articles a ON a.page = p.key ORDER BY p.path, p.id, a.nth",
    }
}

fn article_heads() -> Vec<Column> {
    vec![
        text("id", "a.id", "Hash of the page's id and `nth`."),
        text("page_id", "p.id", "The page it stands on."),
        integer("nth", "a.nth", "Its number on the page, from 0."),
        text("title", "a.title", "The headline, or null."),
        text("byline", "a.byline", "Who wrote it, as printed, or null."),
        text("publisher", "a.publisher", "Who published it, or null."),
        text("url", "a.url", "Its address, or null."),
        text("language", "a.language", "BCP 47 tag, or null."),
        text("dateline_place", "a.dateline_place", "The place of the dateline as written, or null."),
        json(
            "published",
            interval("a.published_earliest", "a.published_latest"),
            "Interval of days in which it was published.",
        ),
        text("published_basis", "a.published_basis", "metadata, dateline, text or none."),
        json(
            "modified",
            interval("a.modified_earliest", "a.modified_latest"),
            "Interval of days in which it was last changed.",
        ),
    ]
}

fn article_texts(dateline: String) -> Vec<Column> {
    let paragraph = "json_object('text', CAST(substr(CAST(a.text AS BLOB), (s.value->>0) + 1, (s.value->>1) - (s.value->>0)) AS TEXT), 'start', s.value->>0, 'end', s.value->>1, 'origin', json(a.origins->s.key))";
    vec![
        json("dateline", dateline, "The dateline {span, place, date, agency}, or null."),
        json("captions", "a.captions", "The captions, each once: [{text, credit}]."),
        text(
            "text",
            "a.text",
            "The body: its paragraphs, a line feed between two. Spans of mentions, claims and events are bytes of it, but for those whose sentence stands in the title or in a caption: theirs are bytes of that.",
        ),
        json(
            "paragraphs",
            format!("(SELECT json_group_array({paragraph}) FROM json_each(a.paragraphs) s)"),
            "A span a paragraph, with its `origin` on the page: {\"bytes\": [start, end]} of the decoded page or {\"element\": n}, the n-th HTML element.",
        ),
        json(
            "passages",
            "(SELECT json_group_array(json_object('role', s.value->>0, 'start', s.value->>1, 'end', s.value->>2)) FROM json_each(a.passages) s)",
            "The roles of the body's stretches: [{role: dateline|body, start, end}].",
        ),
        integer("comments", "a.comments", "How many reader comments were left out."),
        text("story_id", "a.story", "The story it belongs to; null until it is linked."),
    ]
}

fn stories() -> Table {
    let members =
        "(SELECT json_group_array(q.id) FROM (SELECT id FROM t_articles WHERE story = s.story ORDER BY id) q)";
    let publishers = "(SELECT json_group_array(q.publisher) FROM (SELECT DISTINCT publisher FROM t_articles WHERE story = s.story AND publisher IS NOT NULL ORDER BY publisher) q)";
    let reprints = "(SELECT json_group_array(json_object('article', q.a, 'other', q.o, 'share', q.share, 'why', q.why)) FROM (SELECT a.id AS a, o.id AS o, r.share, r.why FROM t_articles a JOIN t_reprints r ON r.article = a.key JOIN t_articles o ON o.key = r.other WHERE a.story = s.story ORDER BY a.id, o.id) q)";
    Table {
        name: "stories",
        about: "Articles that are one text: reprints, wire copies, lightly edited copies.",
        columns: vec![
            text("id", "s.story", "The smallest id of its articles."),
            json("articles", members, "The ids of its articles."),
            json("publishers", publishers, "Who published them, each once."),
            json(
                "published",
                interval("min(s.published_earliest)", "min(s.published_latest)"),
                "Interval of days in which it first came out, as far as its articles tell.",
            ),
            json(
                "reprints",
                reprints,
                "Why they are one: [{article, other, share, why}]; share is of the shorter one's words, 0 to 1.",
            ),
        ],
        from: "t_articles s WHERE s.story IS NOT NULL GROUP BY s.story",
        ordered: "t_articles s WHERE s.story IS NOT NULL GROUP BY s.story ORDER BY s.story",
    }
}

fn corrections() -> Table {
    let state = |column: &str| format!("(SELECT s.{column} FROM t_correction_states s WHERE s.correction = c.key)");
    Table {
        name: "corrections",
        about: "The log of what people corrected: it only grows, and is replayed on every rebuild.",
        columns: vec![
            text("id", "c.id", "Hash of the correction."),
            text(
                "act",
                "c.act",
                "merge-actors, split-actor, merge-incidents, split-incident, reject-event, reject-claim, re-type, re-date, re-place, set-status, fix-source or undo.",
            ),
            text("target", "c.target", "The id of the row it is about; of an incident its first event's."),
            json("value", "c.value", "What it is about and what it is set to; see docs/corrections.md."),
            text("who", "c.who", "Who made it."),
            text("at", "c.at", "When, UTC (RFC 3339, microseconds): the later has the last word."),
            text("why", "c.why", "The reason given."),
            text("undoes", "c.undoes", "The correction that it takes back, or null."),
            text(
                "state",
                state("state"),
                "applied, waiting (the record holds nothing that it could change) or undone; null before it is replayed.",
            ),
            text("note", state("note"), "Why it waits, or null."),
        ],
        from: "t_corrections c",
        ordered: "t_corrections c ORDER BY c.at, c.id",
    }
}

fn runs() -> Table {
    Table {
        name: "runs",
        about: "One call of build.",
        columns: vec![
            integer("id", "r.key", "Its number, from 1."),
            text("started", "r.started", "UTC (RFC 3339)."),
            text("finished", "r.finished", "UTC (RFC 3339); null for a run that was cut off."),
            text("version", "k.version", "The version of the path."),
            json("options", "k.options", "What the user chose."),
            json("hashes", "k.hashes", "The hashes of the data and weights that were used, by name."),
            json("counts", "r.counts", "Pages read, skipped and failed, articles, and seconds."),
            json("notes", "r.notes", "What is to be said about the run."),
        ],
        from: "t_runs r JOIN t_coders k ON k.key = r.coder",
        ordered: "t_runs r JOIN t_coders k ON k.key = r.coder ORDER BY r.key",
    }
}

fn failures() -> Table {
    Table {
        name: "failures",
        about: "An input that could not be read, and has not been read since.",
        columns: vec![
            text(
                "path",
                "f.path",
                "`FILE`, `FILE#n` for the n-th record of a container, or `FILE#n#m` for an entry of a feed in it.",
            ),
            text("code", "f.code", "A short stable name for the reason."),
            text("message", "f.message", "The reason in one sentence."),
            integer("run", "f.run", "The run that met it; `runs.id`."),
        ],
        from: "t_failures f",
        ordered: "t_failures f ORDER BY f.path",
    }
}

fn notes() -> Table {
    let at = "(SELECT a.id FROM t_articles a WHERE a.page = n.page AND a.nth = n.article)";
    Table {
        name: "notes",
        about: "What a stage had to say about a text that it could not treat as usual.",
        columns: vec![
            text("page_id", "p.id", "The page."),
            text("article_id", at, "The article, or null for a note on the page."),
            text("stage", "n.stage", "read, extract, parse, resolve, attribute, code or link."),
            text("code", "n.code", "A short stable name."),
            text("message", "n.message", "One sentence."),
            integer("start", "n.start", "First byte in the article's text, or null."),
            integer("end", "n.end", "One past the last byte, or null."),
        ],
        from: "t_notes n JOIN t_pages p ON p.key = n.page",
        ordered: "t_pages p CROSS JOIN t_notes n ON n.page = p.key ORDER BY p.path, p.id, n.nth",
    }
}
