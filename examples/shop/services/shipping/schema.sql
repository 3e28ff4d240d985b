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

-- Orders that were placed by events, and what is known of them so far. `needs_approval` is null until they are paid for;
-- `decision` is the first that a person took, whenever it came.
CREATE TABLE IF NOT EXISTS orders (
  order_id text PRIMARY KEY,
  address jsonb NOT NULL,
  lines jsonb NOT NULL,
  needs_approval boolean,
  decision text CHECK (decision IN ('approved', 'rejected'))
);
