-- What corrections change. The log of them is t_corrections; all of this is made anew from it by every replay.

-- A row that stands otherwise than it was coded. what: event, claim, mention, or actors (those that the article holds; nth is 0).
-- coded: as it was coded, JSON. corrections: the ids of those that changed it. rejected: the row of the public table, where it was
-- taken out.
CREATE TABLE t_corrected (
    article INTEGER NOT NULL REFERENCES t_articles (key) ON DELETE CASCADE, what TEXT NOT NULL, nth INTEGER NOT NULL,
    id TEXT NOT NULL, coded TEXT NOT NULL, corrections TEXT NOT NULL, rejected TEXT, PRIMARY KEY (article, what, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_corrected_rejected ON t_corrected (id) WHERE rejected IS NOT NULL;

-- kept: the actor that stays, where this one was merged away. part_of, aliases: as they are shown.
CREATE TABLE t_corrected_actors (
    actor INTEGER PRIMARY KEY REFERENCES t_actors (key), kept INTEGER REFERENCES t_actors (key), part_of TEXT,
    aliases TEXT NOT NULL, corrections TEXT NOT NULL
) STRICT;

-- How a correction stands: applied, waiting (the record holds nothing that it could change) or undone.
CREATE TABLE t_correction_states (
    correction INTEGER PRIMARY KEY REFERENCES t_corrections (key) ON DELETE CASCADE, state TEXT NOT NULL, note TEXT
) STRICT;

-- The events that a merge or a split of incidents names. side: 0 those that are one incident, 1 those that are another.
CREATE TABLE t_incident_corrections (
    correction INTEGER NOT NULL REFERENCES t_corrections (key) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES t_events (key) ON DELETE CASCADE, side INTEGER NOT NULL,
    PRIMARY KEY (correction, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_incident_corrections_event ON t_incident_corrections (event);
