-- Up Migration

-- Runs that wait for an event, by what they wait for. A row goes when its run was told, or waits no longer.
CREATE TABLE waits (
  workflow_id text NOT NULL,
  step text NOT NULL,
  -- Which of the events that the step waits for.
  part integer NOT NULL,
  -- Of one time that the step began to wait: whoever ends a wait ends no later one of the same name.
  registration uuid NOT NULL,
  -- Whether the step is over only when each part has its event.
  needs_all boolean NOT NULL,
  type text NOT NULL,
  -- NULL: any.
  subject text,
  -- json, because jsonb refuses what JSON allows (\u0000).
  pattern json NOT NULL,
  -- Events up to this position, and those that the run was given before, are none of its concern: whoever wakes runs may be
  -- behind.
  after bigint NOT NULL,
  taken bigint[] NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (workflow_id, step, part)
);

CREATE INDEX waits_by_event ON waits (type, subject);
