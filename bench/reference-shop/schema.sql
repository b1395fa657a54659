-- The reference shop: what a good engineer writes in a day. One row per seat, locked to reserve it.
CREATE TABLE seat (
  event_id uuid NOT NULL,
  seat_no integer NOT NULL,
  price_minor bigint NOT NULL,
  state text NOT NULL DEFAULT 'free' CHECK (state IN ('free', 'held', 'sold')),
  hold_id uuid,
  fan_id uuid,
  held_until timestamptz,
  PRIMARY KEY (event_id, seat_no)
);
CREATE INDEX seat_by_hold ON seat (hold_id) WHERE hold_id IS NOT NULL;

CREATE TABLE orders (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL,
  fan_id uuid NOT NULL,
  key text NOT NULL,
  state text NOT NULL,
  currency text NOT NULL,
  total_minor bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (fan_id, key)
);

CREATE TABLE payment (
  provider_ref text PRIMARY KEY,
  order_id uuid NOT NULL UNIQUE REFERENCES orders (id),
  state text NOT NULL,
  amount_minor bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ledger (
  order_id uuid NOT NULL REFERENCES orders (id),
  line integer NOT NULL,
  account text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (order_id, line)
);

CREATE TABLE ticket (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id uuid NOT NULL REFERENCES orders (id),
  event_id uuid NOT NULL,
  seat_no integer NOT NULL,
  fan_id uuid NOT NULL,
  issued_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (event_id, seat_no)
);
