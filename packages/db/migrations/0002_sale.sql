-- 0002 sale: stock, orders, payments, ledger, tickets, webhooks and the outbox.
--
-- Lock order of every function that writes here: orders (by id), seat_claim (by event and seat), fan_quota (by event and
-- account), ga_pool (by event and area), then payment, ledger, ticket, job, and the audit chain last.

-- Stock ------------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE fence_seq;

-- One row per seat that is not free; the primary key is what forbids a double sale. `blocked` is a seat the house keeps.
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
CREATE TRIGGER seat_claim_in_tx BEFORE INSERT OR UPDATE OR DELETE ON seat_claim
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

CREATE TABLE ga_pool (
  event_id uuid NOT NULL REFERENCES event (id),
  area_no integer NOT NULL CHECK (area_no BETWEEN 0 AND 255),
  capacity integer NOT NULL CHECK (capacity >= 0),
  claimed integer NOT NULL DEFAULT 0,
  sold integer NOT NULL DEFAULT 0,
  PRIMARY KEY (event_id, area_no),
  CONSTRAINT ga_pool_within_capacity CHECK (claimed >= 0 AND sold >= 0 AND claimed + sold <= capacity)
);
CREATE TRIGGER ga_pool_in_tx BEFORE INSERT OR UPDATE OR DELETE ON ga_pool FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Tickets bought or in checkout per fan; a counter with a bound, never a sum over rows.
CREATE TABLE fan_quota (
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  taken integer NOT NULL,
  max_per_fan integer NOT NULL,
  PRIMARY KEY (event_id, account_id),
  CONSTRAINT quota_within_limit CHECK (taken BETWEEN 0 AND max_per_fan)
);
CREATE TRIGGER fan_quota_in_tx BEFORE INSERT OR UPDATE OR DELETE ON fan_quota
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

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
CREATE TRIGGER orders_in_tx BEFORE INSERT OR UPDATE OR DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- The transition table of core/order/order.ts, and what never changes once an order stands.
CREATE FUNCTION order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'awaiting_payment>committed', 'awaiting_payment>cancelled', 'awaiting_payment>failed',
    'committed>paid', 'committed>failed', 'paid>refunded'])) THEN
    RAISE EXCEPTION 'order cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'order_moves';
  END IF;
  IF (new.id, new.event_id, new.account_id, new.hold_id, new.idempotency_key, new.request_hash, new.item_count,
      new.price_version, new.quote_hash, new.currency, new.total_minor)
     IS DISTINCT FROM
     (old.id, old.event_id, old.account_id, old.hold_id, old.idempotency_key, old.request_hash, old.item_count,
      old.price_version, old.quote_hash, old.currency, old.total_minor) THEN
    RAISE EXCEPTION 'what was ordered never changes' USING ERRCODE = '23514', CONSTRAINT = 'order_unchanged';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER order_moves BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION order_moves();

-- Payments ---------------------------------------------------------------------------------------------------------------

CREATE TABLE payment (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  order_id uuid NOT NULL CONSTRAINT payment_order_known REFERENCES orders (id),
  provider text NOT NULL,
  provider_ref text,
  state text NOT NULL CHECK (state IN
    ('created', 'requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')),
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  action_url text,
  decline_reason text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  captured_at timestamptz,
  CONSTRAINT payment_ref_once UNIQUE (provider, provider_ref)
);
CREATE INDEX payment_by_order ON payment (order_id);
CREATE UNIQUE INDEX one_capture_per_order ON payment (order_id) WHERE state IN ('captured', 'refunded');
CREATE TRIGGER payment_in_tx BEFORE INSERT OR UPDATE OR DELETE ON payment FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Whether a payment may be seen in state `b` after `a`: the closure of PAYMENT_NEXT in core/payment/payment.ts, because an
-- answer in between may have been lost. Never backwards, never out of an end.
CREATE FUNCTION payment_can_follow(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE a
    WHEN 'created' THEN b IN ('requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')
    WHEN 'requires_action' THEN b IN ('authorised', 'captured', 'declined', 'voided', 'refunded')
    WHEN 'authorised' THEN b IN ('captured', 'voided', 'refunded')
    WHEN 'captured' THEN b = 'refunded'
    ELSE false END
$$;
CREATE FUNCTION payment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT payment_can_follow(old.state, new.state) THEN
    RAISE EXCEPTION 'payment cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'payment_moves';
  END IF;
  IF (new.order_id, new.provider, new.amount_minor, new.currency)
     IS DISTINCT FROM (old.order_id, old.provider, old.amount_minor, old.currency) THEN
    RAISE EXCEPTION 'what is paid never changes' USING ERRCODE = '23514', CONSTRAINT = 'payment_unchanged';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER payment_moves BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION payment_moves();

-- A provider's event is taken in at most once (I16).
CREATE TABLE webhook_event (
  provider text NOT NULL,
  event_id text NOT NULL,
  provider_ref text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT webhook_event_once PRIMARY KEY (provider, event_id)
);

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
CREATE TRIGGER ledger_entry_in_tx BEFORE INSERT ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION need_tx();
CREATE TRIGGER ledger_posting_in_tx BEFORE INSERT ON ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION need_tx();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_sum numeric;
BEGIN
  SELECT sum(amount_minor) INTO v_sum FROM ledger_posting WHERE entry_id = new.entry_id;
  IF v_sum <> 0 THEN
    RAISE EXCEPTION 'postings of entry % sum to %', new.entry_id, v_sum
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_sums_to_zero';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_sums_to_zero();

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
CREATE TRIGGER ticket_in_tx BEFORE INSERT OR UPDATE OR DELETE ON ticket FOR EACH STATEMENT EXECUTE FUNCTION need_tx();
CREATE FUNCTION ticket_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.status <> old.status AND NOT (old.status || '>' || new.status = ANY (ARRAY['issued>used', 'issued>void', 'used>void']))
  THEN
    RAISE EXCEPTION 'ticket cannot go % -> %', old.status, new.status USING ERRCODE = '23514', CONSTRAINT = 'ticket_moves';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER ticket_moves BEFORE UPDATE ON ticket FOR EACH ROW EXECUTE FUNCTION ticket_moves();

-- paid => one live ticket per item (I3), looked at when the transaction commits. The order's own row is locked by whoever
-- changes its state, and tickets are only added by that same function.
CREATE FUNCTION paid_has_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_count integer;
BEGIN
  SELECT count(*) INTO v_count FROM ticket WHERE order_id = new.id AND status IN ('issued', 'used');
  IF v_count <> new.item_count THEN
    RAISE EXCEPTION 'paid order % has % of % tickets', new.id, v_count, new.item_count
      USING ERRCODE = '23514', CONSTRAINT = 'paid_has_tickets';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paid_has_tickets AFTER INSERT OR UPDATE OF state ON orders
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.state = 'paid') EXECUTE FUNCTION paid_has_tickets();

-- Outbox -----------------------------------------------------------------------------------------------------------------

-- Work that must happen at least once after a commit. `effect` names the effect, so enqueuing it twice is enqueuing it once.
CREATE TABLE job (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  effect text NOT NULL CONSTRAINT job_effect_once UNIQUE,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at timestamptz,
  parked_at timestamptz,
  last_error text
);
CREATE INDEX job_due ON job (kind, run_at) WHERE done_at IS NULL AND parked_at IS NULL;
