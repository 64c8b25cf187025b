-- The base tables of a record, format 2; what linking finds stands in linked.sql. They are not public and may change with the format; the views are public.
--
-- Keys are integers and differ between two records of the same pages; ids are hashes of content and do not.
-- What belongs to an article is kept in the article's order (nth). Sentences, claims and parents are referred to by
-- their number in the article. Spans are byte offsets; a list of spans is a JSON list of pairs, [[120,141],[150,160]].

-- What pages are coded by: a page of another coder is coded again.
CREATE TABLE t_coders (
    key INTEGER PRIMARY KEY, version TEXT NOT NULL, options TEXT NOT NULL, hashes TEXT NOT NULL,
    UNIQUE (version, options, hashes)
) STRICT;

CREATE TABLE t_runs (
    key INTEGER PRIMARY KEY, coder INTEGER NOT NULL REFERENCES t_coders (key), started TEXT NOT NULL, finished TEXT,
    counts TEXT NOT NULL DEFAULT '{}', notes TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- path is the smallest of the page's t_paths.
CREATE TABLE t_pages (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, media_type TEXT NOT NULL,
    encoding TEXT NOT NULL, bytes INTEGER NOT NULL, read_at TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES t_runs (key), declared TEXT NOT NULL
) STRICT;
CREATE INDEX t_pages_path ON t_pages (path, id);

-- Every place where the same bytes were found.
CREATE TABLE t_paths (
    page INTEGER NOT NULL REFERENCES t_pages (key) ON DELETE CASCADE, path TEXT NOT NULL, PRIMARY KEY (page, path)
) STRICT, WITHOUT ROWID;

-- The bytes as one plain zstd frame: any zstd reads them.
CREATE TABLE t_originals (
    page INTEGER PRIMARY KEY REFERENCES t_pages (key) ON DELETE CASCADE, zstd BLOB NOT NULL
) STRICT;

CREATE TABLE t_failures (
    path TEXT PRIMARY KEY, code TEXT NOT NULL, message TEXT NOT NULL, run INTEGER NOT NULL REFERENCES t_runs (key)
) STRICT, WITHOUT ROWID;

-- article is the number of the article on the page, null for a note about the page.
CREATE TABLE t_notes (
    page INTEGER NOT NULL REFERENCES t_pages (key) ON DELETE CASCADE, nth INTEGER NOT NULL, article INTEGER,
    stage TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, start INTEGER, end INTEGER,
    PRIMARY KEY (page, nth)
) STRICT, WITHOUT ROWID;

-- caption_text is the captions' words, a line feed between two: the full-text index may not unfold JSON.
CREATE TABLE t_articles (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    page INTEGER NOT NULL REFERENCES t_pages (key) ON DELETE CASCADE, nth INTEGER NOT NULL,
    story TEXT, linked INTEGER NOT NULL DEFAULT 0,
    title TEXT, byline TEXT, publisher TEXT, url TEXT, language TEXT,
    dateline_start INTEGER, dateline_end INTEGER, dateline_place TEXT, dateline_earliest TEXT, dateline_latest TEXT,
    dateline_agency TEXT,
    published_earliest TEXT, published_latest TEXT, published_basis TEXT NOT NULL,
    modified_earliest TEXT, modified_latest TEXT, comments INTEGER NOT NULL,
    captions TEXT NOT NULL, caption_text TEXT NOT NULL, paragraphs TEXT NOT NULL, origins TEXT NOT NULL, passages TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (page, nth)
) STRICT;
CREATE INDEX t_articles_story ON t_articles (story);
CREATE INDEX t_articles_unlinked ON t_articles (id) WHERE linked = 0;

-- What reprints are found by. The bands stand in t_bands as well, to be looked up; that table has no foreign key because
-- one would need a second index. `place` sorts the articles of a band by their ids: it is the first 63 bits of the id.
CREATE TABLE t_signatures (
    article INTEGER PRIMARY KEY REFERENCES t_articles (key) ON DELETE CASCADE,
    sentences BLOB NOT NULL, bands BLOB NOT NULL, sketch BLOB NOT NULL
) STRICT;
CREATE TABLE t_bands (
    band INTEGER NOT NULL, place INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, place, article)
) STRICT, WITHOUT ROWID;

-- One row a pair; the article with the smaller id is `article`.
CREATE TABLE t_reprints (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE,
    share REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_reprints_other ON t_reprints (other);

-- part tells the text that the span belongs to: 0 the title, 1 the body, 2 the first caption, 3 the second, ...
CREATE TABLE t_sentences (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE, nth INTEGER NOT NULL,
    id TEXT NOT NULL, part INTEGER NOT NULL, role TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (article, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_sentences_id ON t_sentences (id);

-- An actor that no article holds any more stays here unseen: the view leaves it out.
CREATE TABLE t_actors (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, coder INTEGER NOT NULL REFERENCES t_coders (key),
    name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, sector TEXT, part_of TEXT, aliases TEXT NOT NULL,
    public INTEGER NOT NULL, basis TEXT NOT NULL
) STRICT;
CREATE TABLE t_article_actors (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE,
    actor INTEGER NOT NULL REFERENCES t_actors (key), PRIMARY KEY (article, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_article_actors_actor ON t_article_actors (actor, article);

-- A place as the mentions show it, each once, as JSON.
CREATE TABLE t_places (key INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE t_mentions (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE, nth INTEGER NOT NULL,
    id TEXT NOT NULL, sentence INTEGER, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    actor INTEGER REFERENCES t_actors (key), place INTEGER REFERENCES t_places (key),
    timex_type TEXT, timex_value TEXT, earliest TEXT, latest TEXT, precision TEXT,
    PRIMARY KEY (article, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_mentions_id ON t_mentions (id);

CREATE TABLE t_claims (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE,
    nth INTEGER NOT NULL, id TEXT NOT NULL, sentence INTEGER, parent INTEGER,
    source_spans TEXT NOT NULL, source_head TEXT, source_actor INTEGER REFERENCES t_actors (key), source_name TEXT,
    source_kind TEXT NOT NULL, source_naming TEXT NOT NULL, source_anonymous INTEGER NOT NULL, source_role TEXT,
    relation TEXT, relation_text TEXT, relation_actor INTEGER REFERENCES t_actors (key),
    cue_spans TEXT NOT NULL, cue_lemma TEXT NOT NULL, cue_class TEXT NOT NULL, cue_negated INTEGER NOT NULL,
    content_spans TEXT NOT NULL, quote TEXT NOT NULL, stance TEXT NOT NULL,
    addressee_start INTEGER, addressee_end INTEGER, medium_start INTEGER, medium_end INTEGER, why TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX t_claims_article ON t_claims (article, nth);
CREATE INDEX t_claims_id ON t_claims (id);
CREATE INDEX t_claims_actor ON t_claims (source_actor) WHERE source_actor IS NOT NULL;

-- tellers: [[claim or null for the author, certainty, polarity], ...]; numbers: [[kind, start, end, low, high], ...].
CREATE TABLE t_events (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE,
    nth INTEGER NOT NULL, id TEXT NOT NULL, sentence INTEGER, claim INTEGER,
    start INTEGER NOT NULL, end INTEGER NOT NULL, type TEXT NOT NULL, mode TEXT, context TEXT NOT NULL,
    quad INTEGER NOT NULL,
    place_start INTEGER, place_end INTEGER, place_id TEXT, place_name TEXT, lat REAL, lon REAL, place_precision TEXT,
    time_start INTEGER, time_end INTEGER, earliest TEXT, latest TEXT, time_precision TEXT,
    status TEXT NOT NULL, tellers TEXT NOT NULL, numbers TEXT NOT NULL, according_to TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX t_events_article ON t_events (article, nth);
CREATE INDEX t_events_id ON t_events (id);
CREATE INDEX t_events_time ON t_events (earliest, latest) WHERE earliest IS NOT NULL;

-- side: 0 who does it, 1 whom it is done to.
CREATE TABLE t_participants (
    event INTEGER NOT NULL REFERENCES t_events (key) ON DELETE CASCADE, side INTEGER NOT NULL, nth INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, actor INTEGER REFERENCES t_actors (key), name TEXT NOT NULL,
    country TEXT, sector TEXT, PRIMARY KEY (event, side, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_participants_actor ON t_participants (actor) WHERE actor IS NOT NULL;

-- A log that only grows. What a correction is about is named by id, so that it outlives a rebuild.
CREATE TABLE t_corrections (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, act TEXT NOT NULL, target TEXT NOT NULL, value TEXT,
    who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, undoes TEXT
) STRICT;
