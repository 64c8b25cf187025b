-- Names of people as the language engine sees them; those that no public actor carries are masked under the profile `public`.
-- part as in t_sentences.
CREATE TABLE t_names (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE, nth INTEGER NOT NULL,
    part INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article, nth)
) STRICT, WITHOUT ROWID;
