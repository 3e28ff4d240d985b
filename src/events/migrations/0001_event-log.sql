-- Up Migration

-- The log: append-only, in an order that readers can trust.
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  subject text,
  -- All context attributes of the event, extensions included.
  attributes jsonb NOT NULL,
  -- As the producer wrote it: json, because jsonb refuses what JSON allows (\u0000) and rounds nothing back.
  data json,
  data_base64 text,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (source, id)
);

CREATE INDEX events_by_type ON events (type, position);
CREATE INDEX events_by_subject ON events (subject, position) WHERE subject IS NOT NULL;
CREATE INDEX events_by_correlation ON events ((attributes ->> 'correlationid'), position)
  WHERE attributes ? 'correlationid';
CREATE INDEX events_by_time ON events (recorded_at);

-- Position order must be commit order, or a reader whose cursor is a position misses an event that commits late. So the
-- appends of all transactions stand in one line: the lock is taken before the positions are drawn, and is held until the
-- transaction is visible to others. Whoever appends inside a transaction of its own does so last.
CREATE FUNCTION keep_append_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_SCHEMA || '.events'));
  RETURN NULL;
END
$$;

CREATE TRIGGER keep_append_order BEFORE INSERT ON events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_append_order();

-- Wakes those who wait for something new; the message is the last position. It may be lost with a connection, so it only
-- wakes: what is new is always read.
CREATE FUNCTION announce_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
BEGIN
  SELECT max(position) INTO head FROM appended;
  IF head IS NOT NULL THEN
    PERFORM pg_notify(TG_TABLE_SCHEMA || '_events', head::text);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER announce_append AFTER INSERT ON events
  REFERENCING NEW TABLE AS appended
  FOR EACH STATEMENT EXECUTE FUNCTION announce_append();

-- What is written stays written.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the event log is append-only';
END
$$;

CREATE TRIGGER refuse_change BEFORE UPDATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
