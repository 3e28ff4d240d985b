CREATE TABLE IF NOT EXISTS stock (
  sku text PRIMARY KEY,
  on_hand integer NOT NULL CHECK (on_hand >= 0)
);

INSERT INTO stock (sku, on_hand) VALUES
  ('tea-earl-grey', 1000000),
  ('tea-sencha', 1000000),
  ('cup-blue', 1000000),
  ('pot-cast-iron', 1000000),
  ('tea-rare', 3)
ON CONFLICT (sku) DO NOTHING;

-- A reservation that was released before it was made has its id and its status only.
CREATE TABLE IF NOT EXISTS reservations (
  reservation_id text PRIMARY KEY,
  status text NOT NULL CHECK (status IN ('reserved', 'released')),
  order_id text,
  sku text,
  quantity integer,
  CHECK (status = 'released' OR (order_id, sku, quantity) IS NOT NULL)
);

-- Orders that were placed by events, to know later what was put aside for them.
CREATE TABLE IF NOT EXISTS orders (
  order_id text PRIMARY KEY,
  lines jsonb NOT NULL
);
