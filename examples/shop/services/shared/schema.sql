-- What every service of the shop keeps beside its own tables.

-- The answers of changes that happened, by the key that the caller chose. Written in the change's own transaction, so
-- that the change and the memory of it are never without each other.
CREATE TABLE IF NOT EXISTS idempotency_keys (
  key text PRIMARY KEY,
  fingerprint bytea NOT NULL,
  status integer,
  body json,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each thing that really happened. Without any unique key on purpose: were something done twice, it would
-- show here twice.
CREATE TABLE IF NOT EXISTS effects (
  number bigint GENERATED ALWAYS AS IDENTITY,
  effect text NOT NULL,
  order_id text NOT NULL,
  reference text NOT NULL,
  amount bigint,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX IF NOT EXISTS effects_by_order ON effects (order_id);

-- Events that were handled. Written in the transaction of what they changed: an event that is delivered again changes
-- nothing.
CREATE TABLE IF NOT EXISTS handled_events (
  source text NOT NULL,
  id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, id)
);

-- Events that tell of what was changed, in the transaction of the change. The relay carries them to the event log and
-- deletes what is there; `refusal` = the log does not take it, and why.
CREATE TABLE IF NOT EXISTS outbox (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event json NOT NULL,
  refusal text
);
