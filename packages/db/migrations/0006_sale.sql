-- 0006 sale: stock, orders, payments, the ledger and tickets.
--
-- Lock order of every function that writes here: orders (by id), event (by id), seat_claim (by event and seat), fan_quota (by
-- event and account), ga_pool (by event and area), window_allotment (by event and window), then payment, ledger, ticket, job,
-- and the audit chain last. The owner of the event, where a stage names it, comes before all.

-- Stock ------------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE fence_seq;

-- One row per seat that is not free; the primary key is what forbids a double sale. `blocked` is a seat that staff keep.
-- A claim whose time is over may be taken over by the next order; its new fence is larger than every older one.
CREATE TABLE seat_claim (
  event_id uuid NOT NULL,
  seat_no integer NOT NULL CHECK (seat_no >= 0),
  state text NOT NULL CONSTRAINT seat_claim_state_known CHECK (state IN ('claimed', 'sold', 'blocked')),
  order_id uuid,
  hold_id uuid,
  fence bigint NOT NULL DEFAULT nextval('fence_seq'),
  expires_at timestamptz,
  CONSTRAINT seat_claim_once PRIMARY KEY (event_id, seat_no),
  CONSTRAINT seat_claim_expires CHECK ((state = 'claimed') = (expires_at IS NOT NULL)),
  CONSTRAINT seat_claim_owned CHECK ((state = 'blocked') = (order_id IS NULL))
);

CREATE TABLE ga_pool (
  event_id uuid NOT NULL REFERENCES event (id),
  area_no integer NOT NULL CHECK (area_no BETWEEN 0 AND 255),
  capacity integer NOT NULL CHECK (capacity >= 0),
  claimed integer NOT NULL DEFAULT 0,
  sold integer NOT NULL DEFAULT 0,
  PRIMARY KEY (event_id, area_no),
  CONSTRAINT ga_pool_within_capacity CHECK (claimed >= 0 AND sold >= 0 AND claimed + sold <= capacity)
);

-- Tickets bought or in checkout per fan; a counter with a bound, never a sum over rows.
CREATE TABLE fan_quota (
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  taken integer NOT NULL,
  max_per_fan integer NOT NULL,
  PRIMARY KEY (event_id, account_id),
  CONSTRAINT quota_within_limit CHECK (taken BETWEEN 0 AND max_per_fan)
);

-- How many places live orders of a presale have; `allotment` null: as many as there are. Counted from the first order on,
-- so that an allotment may be set or changed while the presale runs. The public sale has no row.
CREATE TABLE window_allotment (
  event_id uuid NOT NULL,
  window_key text NOT NULL,
  allotment integer,
  taken integer NOT NULL DEFAULT 0,
  CONSTRAINT window_allotment_once PRIMARY KEY (event_id, window_key),
  CONSTRAINT window_allotment_within CHECK (taken >= 0 AND (allotment IS NULL OR taken <= allotment))
);

-- Orders -----------------------------------------------------------------------------------------------------------------

-- The items stay one document with their order: they are written once with it and never alone. What must be found by
-- itself has its own row: the seat in seat_claim, the ticket in ticket. seat_nos, area_nos and area_counts repeat the
-- places of the items, sorted, as the stock statements need them.
CREATE TABLE orders (
  id uuid CONSTRAINT order_once PRIMARY KEY,
  reference text NOT NULL CONSTRAINT order_reference_once UNIQUE,
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  hold_id uuid NOT NULL,
  idempotency_key text NOT NULL,
  request_hash text NOT NULL,
  state text NOT NULL DEFAULT 'awaiting_payment'
    CHECK (state IN ('awaiting_payment', 'committed', 'paid', 'cancelled', 'failed', 'refunded')),
  email text NOT NULL,
  -- For whom the fan's page was written (BCP 47).
  locale text NOT NULL CONSTRAINT order_locale_tag CHECK (locale ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'),
  items jsonb NOT NULL,
  item_count integer NOT NULL,
  seat_nos integer[] NOT NULL,
  area_nos integer[] NOT NULL,
  area_counts integer[] NOT NULL,
  price_version integer NOT NULL,
  quote_hash text NOT NULL,
  currency text NOT NULL,
  face_minor bigint NOT NULL CHECK (face_minor >= 0),
  fee_minor bigint NOT NULL CHECK (fee_minor >= 0),
  tax_added_minor bigint NOT NULL CHECK (tax_added_minor >= 0),
  total_minor bigint NOT NULL,
  created_at timestamptz NOT NULL,
  pay_by timestamptz NOT NULL,
  committed_at timestamptz,
  paid_at timestamptz,
  ended_at timestamptz,
  -- When the provider was last asked about an order that still waits for its payment.
  asked_at timestamptz,
  -- The presale it was made in; null: the public sale.
  window_key text,
  reason text,
  -- Also the way to a fan's own orders.
  CONSTRAINT order_key_once UNIQUE (account_id, idempotency_key),
  CONSTRAINT order_total_adds_up CHECK (total_minor = face_minor + fee_minor + tax_added_minor),
  CONSTRAINT order_items_counted CHECK (item_count > 0 AND item_count = jsonb_array_length(items)),
  CONSTRAINT order_ended_with_reason CHECK ((state IN ('cancelled', 'failed')) = (reason IS NOT NULL)),
  CONSTRAINT order_paid_when CHECK ((state IN ('paid', 'refunded')) = (paid_at IS NOT NULL))
);
-- A hold becomes at most one order that lives.
CREATE UNIQUE INDEX order_hold_once ON orders (hold_id) WHERE state IN ('awaiting_payment', 'committed', 'paid', 'refunded');
CREATE INDEX order_overdue ON orders (pay_by) WHERE state = 'awaiting_payment';
CREATE INDEX order_uncaptured ON orders (committed_at) WHERE state = 'committed';
CREATE INDEX order_by_event ON orders (event_id, created_at);

-- A draft of a batch: what commit_orders decides by. The row of the order is made of the same JSON by the names of its columns:
-- a new column of orders is named nowhere else.
CREATE TYPE order_draft AS (
  -- Position in the caller's batch; names the draft in the answer.
  ord integer,
  -- Another draft earlier in this batch wants the same seat, fan, key or hold: answer what is certain, else "again".
  contested boolean,
  id uuid,
  event_id uuid,
  account_id uuid,
  hold_id uuid,
  idempotency_key text,
  request_hash text,
  item_count integer,
  seat_nos integer[],
  area_nos integer[],
  area_counts integer[],
  max_per_fan integer,
  pay_within_ms integer,
  window_key text
);

-- Payments ---------------------------------------------------------------------------------------------------------------

-- One row for each attempt to pay an order. It is written before the provider is asked: what it asks for, under which key and
-- with what, so that whoever goes on with it after a death asks for the same thing.
CREATE TABLE payment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id uuid NOT NULL CONSTRAINT payment_order_known REFERENCES orders (id),
  -- 1, 2, ...: a fan whose card was declined may pay another way.
  attempt integer NOT NULL CHECK (attempt > 0),
  provider text NOT NULL,
  -- Names the attempt to the provider, who does the same key once.
  key text NOT NULL,
  -- The provider's own name of the way to pay; never a card number.
  method text NOT NULL,
  provider_ref text,
  state text NOT NULL DEFAULT 'created' CHECK (state IN
    ('created', 'requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')),
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  action_url text,
  decline_reason text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  captured_at timestamptz,
  CONSTRAINT payment_attempt_once UNIQUE (order_id, attempt),
  CONSTRAINT payment_ref_once UNIQUE (provider, provider_ref)
);
-- Nobody is charged twice: the next attempt begins after the provider said that the one before is dead.
CREATE UNIQUE INDEX one_live_payment_per_order ON payment (order_id) WHERE state NOT IN ('declined', 'voided');

-- Orders that a stage could not do by itself. They are left alone until a person looks; reconciliation names them.
CREATE TABLE parked_order (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  stage text NOT NULL CHECK (stage IN ('authorise', 'settle', 'capture', 'confirm', 'end')),
  error text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Which worker does the orders of which event. A worker that is not heard for the time of its lease has lost its events; each
-- change of owner raises the fence, and the transaction of a stage goes through only while its fence is the newest.
CREATE TABLE worker_lease (
  worker text PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE TABLE event_owner (
  event_id uuid PRIMARY KEY,
  -- null: given up, free for the next.
  worker text,
  fence bigint NOT NULL
);

-- A provider's event is taken in at most once (I16).
CREATE TABLE webhook_event (
  provider text NOT NULL,
  event_id text NOT NULL,
  provider_ref text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT webhook_event_once PRIMARY KEY (provider, event_id)
);

-- The sandbox provider's own books, apart from payment, so that the two sides can be compared. Nothing else refers to this
-- table: a real provider keeps these facts on its own machines.
CREATE TABLE sandbox_payment (
  provider_ref text PRIMARY KEY,
  idempotency_key text NOT NULL CONSTRAINT sandbox_payment_key_once UNIQUE,
  order_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')),
  method text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  return_url text NOT NULL,
  action_url text,
  decline_reason text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX sandbox_payment_by_order ON sandbox_payment (order_id);

-- Ledger -----------------------------------------------------------------------------------------------------------------

-- Double entry: positive is a debit (money we have, at a provider), negative a credit (money we owe, to an event).
CREATE TABLE ledger_entry (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  event_id uuid NOT NULL,
  order_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sale', 'refund')),
  currency text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX ledger_sale_once ON ledger_entry (order_id) WHERE kind = 'sale';
CREATE INDEX ledger_entry_by_event ON ledger_entry (event_id);

CREATE TABLE ledger_posting (
  entry_id uuid NOT NULL REFERENCES ledger_entry (id),
  line integer NOT NULL,
  account text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (entry_id, line)
);

-- Tickets ----------------------------------------------------------------------------------------------------------------

CREATE TABLE ticket (
  id uuid CONSTRAINT ticket_once PRIMARY KEY,
  order_id uuid NOT NULL CONSTRAINT ticket_order_known REFERENCES orders (id),
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  item_index integer NOT NULL CHECK (item_index >= 0),
  seat_no integer,
  area_no integer,
  place jsonb NOT NULL,
  ticket_type text NOT NULL,
  category text NOT NULL,
  face_minor bigint NOT NULL,
  status text NOT NULL DEFAULT 'issued' CHECK (status IN ('issued', 'used', 'void')),
  issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_at timestamptz,
  CONSTRAINT ticket_one_place CHECK ((seat_no IS NULL) <> (area_no IS NULL)),
  CONSTRAINT ticket_used_when CHECK ((status = 'used') <= (used_at IS NOT NULL))
);
CREATE UNIQUE INDEX ticket_seat_once ON ticket (event_id, seat_no) WHERE status IN ('issued', 'used');
CREATE UNIQUE INDEX ticket_item_once ON ticket (order_id, item_index) WHERE status IN ('issued', 'used');
CREATE INDEX ticket_by_account ON ticket (account_id, issued_at DESC);
CREATE INDEX ticket_by_event ON ticket (event_id);
