-- What linking finds. It is made anew from the events and claims whenever they change, so nothing here is kept by hand.

-- Every event stands in one incident.
CREATE TABLE t_incidents (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, mode TEXT, quad INTEGER NOT NULL,
    status TEXT NOT NULL, actors TEXT NOT NULL, recipients TEXT NOT NULL, earliest TEXT, latest TEXT, place TEXT,
    tellers_for TEXT NOT NULL, tellers_against TEXT NOT NULL, relays TEXT NOT NULL, stories TEXT NOT NULL,
    publishers TEXT NOT NULL, first_reported TEXT, numbers TEXT NOT NULL, changes TEXT NOT NULL
) STRICT;
CREATE INDEX t_incidents_time ON t_incidents (earliest, latest) WHERE earliest IS NOT NULL;

-- nth: in the order of publication.
CREATE TABLE t_incident_events (
    incident INTEGER NOT NULL REFERENCES t_incidents (key) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES t_events (key) ON DELETE CASCADE, nth INTEGER NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (incident, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_incident_events_event ON t_incident_events (event);

-- Who took part, for those that are actors: to find an actor's incidents. side: as in t_participants.
CREATE TABLE t_incident_actors (
    incident INTEGER NOT NULL REFERENCES t_incidents (key) ON DELETE CASCADE, side INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES t_actors (key), PRIMARY KEY (incident, side, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX t_incident_actors_actor ON t_incident_actors (actor, incident);

-- incident: null where the claims tell no event.
CREATE TABLE t_disputes (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, incident INTEGER REFERENCES t_incidents (key) ON DELETE CASCADE,
    proposition TEXT NOT NULL, actors TEXT NOT NULL, tellers_for TEXT NOT NULL, tellers_against TEXT NOT NULL,
    first_disputed TEXT, why TEXT NOT NULL
) STRICT;
CREATE INDEX t_disputes_incident ON t_disputes (incident) WHERE incident IS NOT NULL;

-- One row two actors and a month; a is the actor with the smaller id. The four counts are PLOVER's quads in their order.
CREATE TABLE t_relations (
    key INTEGER PRIMARY KEY, a INTEGER NOT NULL REFERENCES t_actors (key), b INTEGER NOT NULL REFERENCES t_actors (key),
    month TEXT, verbal_cooperation INTEGER NOT NULL, material_cooperation INTEGER NOT NULL,
    verbal_conflict INTEGER NOT NULL, material_conflict INTEGER NOT NULL, from_a INTEGER NOT NULL,
    from_b INTEGER NOT NULL, scale REAL NOT NULL, incidents TEXT NOT NULL, turn TEXT
) STRICT;
CREATE INDEX t_relations_a ON t_relations (a, b, month);
CREATE INDEX t_relations_b ON t_relations (b, a, month);
