-- A shipment that was cancelled before it was created has its id and its status only.
CREATE TABLE IF NOT EXISTS shipments (
  shipment_id text PRIMARY KEY,
  status text NOT NULL CHECK (status IN ('created', 'cancelled')),
  tracking_number text,
  order_id text,
  address jsonb,
  lines jsonb,
  CHECK (status = 'cancelled' OR (tracking_number, order_id, address, lines) IS NOT NULL)
);
