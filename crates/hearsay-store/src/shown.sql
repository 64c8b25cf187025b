-- Indexes that the served page asks by: figures of a whole record are read from these, not from the wide rows.
CREATE INDEX IF NOT EXISTS t_claims_stance ON t_claims (stance, article);
CREATE INDEX IF NOT EXISTS t_claims_anonymous ON t_claims (source_name, source_naming) WHERE source_anonymous = 1;
CREATE INDEX IF NOT EXISTS t_events_told ON t_events (article, earliest, latest, quad, status, type);
CREATE INDEX IF NOT EXISTS t_events_place ON t_events (place_id, place_precision, quad, place_name, lat, lon) WHERE place_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS t_articles_days ON t_articles (key, published_earliest, published_latest, comments);
CREATE INDEX IF NOT EXISTS t_articles_publisher ON t_articles (publisher);
