CREATE TABLE IF NOT EXISTS notifications (
  notification_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms')),
  recipient text NOT NULL,
  template text NOT NULL,
  data jsonb NOT NULL,
  accepted_at timestamptz NOT NULL DEFAULT now()
);

-- Orders that were placed by events, and who is told of them.
CREATE TABLE IF NOT EXISTS orders (
  order_id text PRIMARY KEY,
  email text NOT NULL
);
