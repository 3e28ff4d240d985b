-- Up Migration

-- Read models that a project has declared, as they were declared last.
CREATE TABLE read_models (
  name text PRIMARY KEY,
  title text NOT NULL,
  version integer NOT NULL,
  indexes text[] NOT NULL,
  -- Which of its generations readers see; none before the first is built.
  generation integer
);

-- The tables in which a model is built: the one that is read, one that is to replace it, and those replaced whose table is
-- still to be dropped. Each goes through the log as a consumer of its own. Whoever locks several rows takes that of
-- read_models first, then that of consumers.
CREATE TABLE read_model_generations (
  read_model text NOT NULL REFERENCES read_models (name) ON DELETE CASCADE,
  generation integer NOT NULL,
  version integer NOT NULL,
  -- Members of the row that have a column of their own, in the order of those columns.
  indexes text[] NOT NULL,
  -- Why it stands still: json, because a message may hold what jsonb refuses.
  failure json,
  retired boolean NOT NULL DEFAULT false,
  started_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (read_model, generation)
);
