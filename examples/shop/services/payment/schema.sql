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
