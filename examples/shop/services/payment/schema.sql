-- `status` is null where only an undo has come so far: a refund before any capture bars the capture and does no more.
CREATE TABLE IF NOT EXISTS authorisations (
  authorisation_id text PRIMARY KEY,
  status text CHECK (status IN ('authorised', 'captured', 'refunded', 'voided')),
  is_capture_barred boolean NOT NULL DEFAULT false,
  order_id text,
  amount bigint,
  currency text,
  card text,
  CHECK (status IS NULL OR status = 'voided' OR (order_id, amount, currency, card) IS NOT NULL)
);

-- Orders that were placed by events. `decision` is the first that a person took, whenever it came; it counts only where one
-- is needed.
CREATE TABLE IF NOT EXISTS orders (
  order_id text PRIMARY KEY,
  amount bigint NOT NULL,
  currency text NOT NULL,
  card text NOT NULL,
  needs_approval boolean NOT NULL,
  decision text CHECK (decision IN ('approved', 'rejected'))
);
