-- Up Migration

-- Who shares the work at the moment; a row that is not renewed counts for nothing.
CREATE TABLE deliverers (
  id uuid PRIMARY KEY,
  seen_at timestamptz NOT NULL
);

-- Whatever goes through the log with a cursor: subscriptions, read models, the waking of runs. One deliverer at a time
-- holds a consumer, until its lease is over. The epoch rises with every change of hands, so that what a former holder
-- still writes is told apart and refused.
CREATE TABLE consumers (
  name text PRIMARY KEY,
  -- Every event up to here is settled, or has a row in deliveries.
  cursor bigint NOT NULL,
  paused boolean NOT NULL DEFAULT false,
  epoch bigint NOT NULL DEFAULT 0,
  owner uuid,
  lease_until timestamptz
);

CREATE TABLE subscriptions (
  name text PRIMARY KEY,
  consumer text NOT NULL UNIQUE REFERENCES consumers (name) ON DELETE CASCADE,
  filter jsonb NOT NULL,
  target jsonb NOT NULL,
  retry jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Events that a subscription could not deliver yet, and those of the same subject that wait behind them.
CREATE TABLE deliveries (
  subscription text NOT NULL REFERENCES subscriptions (name) ON DELETE CASCADE,
  position bigint NOT NULL REFERENCES events (position) ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('retrying', 'waiting', 'parked')),
  attempts integer NOT NULL,
  next_attempt_at timestamptz,
  error jsonb,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (subscription, position)
);

CREATE INDEX deliveries_parked ON deliveries (subscription, position) WHERE state = 'parked';

-- Brings waiting runs their events; a run that began to wait before looks back itself.
INSERT INTO consumers (name, cursor) VALUES ('waiting-runs', 0);
