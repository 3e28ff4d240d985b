CREATE TABLE IF NOT EXISTS orders (
  order_id text PRIMARY KEY,
  customer text NOT NULL
);

-- One row for each payment that was taken or given back.
CREATE TABLE IF NOT EXISTS points (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id text NOT NULL,
  points integer NOT NULL
);
