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
