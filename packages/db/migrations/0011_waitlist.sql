-- 0011 waitlist: who waits for seats of an event that come back, and which seats were offered to whom.
--
-- Lock order of every function that writes here: waitlist_entry, waitlist_offer, waitlist_seat, job, and the audit chain
-- last. Orders are only read.

-- One row per wait. The order of an event's list is line_number (those who stood in its line), then seq.
CREATE TABLE waitlist_entry (
  id uuid CONSTRAINT waitlist_entry_once PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  event_id uuid NOT NULL CONSTRAINT waitlist_event_known REFERENCES event (id),
  account_id uuid NOT NULL CONSTRAINT waitlist_account_known REFERENCES account (id),
  line_number integer CHECK (line_number > 0),
  state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT waitlist_state_known CHECK (state IN ('waiting', 'offered', 'over')),
  wishes jsonb NOT NULL,
  -- The same for equal wishes, so that thousands of fans are a few questions to the seat map.
  wishes_key text NOT NULL CHECK (wishes_key ~ '^[0-9a-f]{64}$'),
  quantity integer NOT NULL CHECK (quantity > 0),
  joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Passed over until then: the fan's limit did not allow it a moment ago.
  not_before timestamptz,
  -- Offers that reached the fan.
  offers integer NOT NULL DEFAULT 0 CHECK (offers >= 0),
  ended text CONSTRAINT waitlist_end_known CHECK (ended IN ('bought', 'declined', 'lapsed', 'left')),
  ended_at timestamptz,
  CONSTRAINT waitlist_ended_when CHECK ((state = 'over') = (ended IS NOT NULL) AND (state = 'over') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX waitlist_account_once ON waitlist_entry (event_id, account_id) WHERE state <> 'over';
CREATE INDEX waitlist_order ON waitlist_entry (event_id, line_number, seq) WHERE state = 'waiting';
CREATE INDEX waitlist_by_account ON waitlist_entry (account_id, seq DESC);
CREATE TRIGGER waitlist_entry_in_tx BEFORE INSERT OR UPDATE OR DELETE ON waitlist_entry
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Written before its hold is taken; hold_id follows from the offer's id. told_at: the hold stands and the mail is in the
-- outbox. withdrawn: it never reached the fan, who still waits.
CREATE TABLE waitlist_offer (
  id uuid CONSTRAINT waitlist_offer_once PRIMARY KEY,
  entry_id uuid NOT NULL CONSTRAINT waitlist_offer_entry_known REFERENCES waitlist_entry (id),
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  hold_id uuid NOT NULL CONSTRAINT waitlist_offer_hold_once UNIQUE,
  items jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open'
    CONSTRAINT waitlist_offer_state_known CHECK (state IN ('open', 'bought', 'declined', 'lapsed', 'withdrawn')),
  offered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  told_at timestamptz,
  order_id uuid,
  ended_at timestamptz,
  CONSTRAINT waitlist_offer_ended_when CHECK ((state = 'open') = (ended_at IS NULL)),
  CONSTRAINT waitlist_offer_bought_when CHECK ((state = 'bought') = (order_id IS NOT NULL))
);
CREATE UNIQUE INDEX waitlist_offer_open_once ON waitlist_offer (entry_id) WHERE state = 'open';
CREATE INDEX waitlist_offer_open ON waitlist_offer (event_id) WHERE state = 'open';
CREATE INDEX waitlist_offer_by_entry ON waitlist_offer (entry_id);
CREATE TRIGGER waitlist_offer_in_tx BEFORE INSERT OR UPDATE OR DELETE ON waitlist_offer
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Seats of open offers: a seat is offered to one fan at a time, whatever two workers believe.
CREATE TABLE waitlist_seat (
  event_id uuid NOT NULL,
  seat_no integer NOT NULL,
  offer_id uuid NOT NULL,
  CONSTRAINT waitlist_seat_once PRIMARY KEY (event_id, seat_no)
);
CREATE INDEX waitlist_seat_by_offer ON waitlist_seat (offer_id);
CREATE TRIGGER waitlist_seat_in_tx BEFORE INSERT OR UPDATE OR DELETE ON waitlist_seat
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Fans -------------------------------------------------------------------------------------------------------------------

-- {id, eventId, accountId, lineNumber, wishes, wishesKey, quantity}: whether this is a new wait. Who is on the list keeps
-- the place and gets the new wishes.
CREATE FUNCTION join_waitlist(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_new boolean;
BEGIN
  PERFORM guard_tx();
  INSERT INTO waitlist_entry AS e (id, event_id, account_id, line_number, wishes, wishes_key, quantity)
  VALUES ((p ->> 'id')::uuid, (p ->> 'eventId')::uuid, (p ->> 'accountId')::uuid, (p ->> 'lineNumber')::integer,
    p -> 'wishes', p ->> 'wishesKey', (p ->> 'quantity')::integer)
  ON CONFLICT (event_id, account_id) WHERE state <> 'over'
  DO UPDATE SET wishes = excluded.wishes, wishes_key = excluded.wishes_key, quantity = excluded.quantity
  RETURNING e.id = (p ->> 'id')::uuid INTO v_new;
  RETURN v_new;
END $$;

-- Other wishes, same place: whether this account is on the list.
CREATE FUNCTION change_waitlist(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  UPDATE waitlist_entry SET wishes = p -> 'wishes', wishes_key = p ->> 'wishesKey', quantity = (p ->> 'quantity')::integer
  WHERE event_id = (p ->> 'eventId')::uuid AND account_id = (p ->> 'accountId')::uuid AND state <> 'over';
  RETURN FOUND;
END $$;

-- Off the list: "left", "offered" (the offer must be declined first) or "not_found".
CREATE FUNCTION leave_waitlist(p_event uuid, p_account uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_state text;
BEGIN
  PERFORM guard_tx();
  SELECT id, state INTO v_id, v_state FROM waitlist_entry
  WHERE event_id = p_event AND account_id = p_account AND state <> 'over' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  IF v_state = 'offered' THEN
    RETURN 'offered';
  END IF;
  UPDATE waitlist_entry SET state = 'over', ended = 'left', ended_at = clock_timestamp() WHERE id = v_id;
  RETURN 'left';
END $$;

-- Offers -----------------------------------------------------------------------------------------------------------------

-- {id, entryId, wishesKey, holdId, items, seatNos, ttlMs}: "offered", or "busy" when the fan was offered something, left or
-- wants something else meanwhile. A seat of another open offer breaks waitlist_seat_once.
CREATE FUNCTION offer_waitlist(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_entry waitlist_entry;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_entry FROM waitlist_entry WHERE id = (p ->> 'entryId')::uuid FOR NO KEY UPDATE;
  IF v_entry.state IS DISTINCT FROM 'waiting' OR v_entry.wishes_key <> p ->> 'wishesKey' THEN
    RETURN 'busy';
  END IF;
  INSERT INTO waitlist_offer (id, entry_id, event_id, account_id, hold_id, items, expires_at)
  VALUES ((p ->> 'id')::uuid, v_entry.id, v_entry.event_id, v_entry.account_id, (p ->> 'holdId')::uuid, p -> 'items',
    clock_timestamp() + (p ->> 'ttlMs')::integer * interval '1 millisecond');
  INSERT INTO waitlist_seat (event_id, seat_no, offer_id)
  SELECT v_entry.event_id, s::integer, (p ->> 'id')::uuid FROM jsonb_array_elements_text(p -> 'seatNos') s
  ORDER BY s::integer;
  UPDATE waitlist_entry SET state = 'offered' WHERE id = v_entry.id;
  RETURN 'offered';
END $$;

-- The hold of an offer stands until p_until: the fan is told, once. Later calls only ever put the end off.
CREATE FUNCTION confirm_waitlist_offer(p_id uuid, p_until bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_entry uuid;
  v_offer waitlist_offer;
BEGIN
  PERFORM guard_tx();
  SELECT entry_id INTO v_entry FROM waitlist_offer WHERE id = p_id;
  PERFORM FROM waitlist_entry WHERE id = v_entry FOR NO KEY UPDATE;
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = p_id FOR NO KEY UPDATE;
  IF v_offer.state IS DISTINCT FROM 'open' THEN
    RETURN false;
  END IF;
  IF v_offer.told_at IS NOT NULL THEN
    UPDATE waitlist_offer SET expires_at = instant_of(p_until) WHERE id = p_id AND expires_at < instant_of(p_until);
    RETURN true;
  END IF;
  UPDATE waitlist_offer SET told_at = clock_timestamp(), expires_at = instant_of(p_until) WHERE id = p_id;
  UPDATE waitlist_entry SET offers = offers + 1 WHERE id = v_entry;
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.waitlist_offer', 'mail.waitlist_offer:' || p_id, jsonb_build_object('offerId', p_id))
  ON CONFLICT (effect) DO NOTHING;
  PERFORM audit_append(v_offer.event_id, 'waitlist', 'waitlist.offered',
    jsonb_build_object('offer', p_id, 'entry', v_entry, 'items', v_offer.items));
  RETURN true;
END $$;

-- Ends an offer whose hold is gone: {id, as: declined | lapsed | withdrawn, waitMs, againMax}. What Postgres knows of its
-- order comes first: a sale makes it "bought", an order that waits for its payment keeps it "open". A payment that failed
-- gives the fan the old place again, up to againMax offers. Returns the state it has now.
CREATE FUNCTION end_waitlist_offer(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_offer waitlist_offer;
  v_entry waitlist_entry;
  v_as text := p ->> 'as';
  v_again boolean;
  r record;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = (p ->> 'id')::uuid;
  SELECT * INTO v_entry FROM waitlist_entry WHERE id = v_offer.entry_id FOR NO KEY UPDATE;
  SELECT * INTO v_offer FROM waitlist_offer WHERE id = v_offer.id FOR NO KEY UPDATE;
  IF v_offer.state IS DISTINCT FROM 'open' THEN
    RETURN v_offer.state;
  END IF;
  SELECT o.id, o.state, o.pay_by INTO r FROM orders o
  WHERE o.account_id = v_offer.account_id AND o.hold_id = v_offer.hold_id
  ORDER BY o.state IN ('cancelled', 'failed'), o.created_at DESC LIMIT 1;
  IF r.state IN ('committed', 'paid', 'refunded') THEN
    v_as := 'bought';
  ELSIF r.state = 'awaiting_payment' THEN
    UPDATE waitlist_offer SET expires_at = r.pay_by WHERE id = v_offer.id AND expires_at < r.pay_by;
    RETURN 'open';
  END IF;
  v_again := v_as = 'withdrawn' OR r.state = 'failed' AND v_as <> 'bought' AND v_entry.offers < (p ->> 'againMax')::integer;

  DELETE FROM waitlist_seat WHERE offer_id = v_offer.id;
  UPDATE waitlist_offer SET state = v_as, ended_at = clock_timestamp(), order_id = CASE WHEN v_as = 'bought' THEN r.id END
  WHERE id = v_offer.id;
  IF v_again THEN
    UPDATE waitlist_entry SET state = 'waiting',
      not_before = clock_timestamp() + (p ->> 'waitMs')::integer * interval '1 millisecond' WHERE id = v_entry.id;
  ELSE
    UPDATE waitlist_entry SET state = 'over', ended = v_as, ended_at = clock_timestamp() WHERE id = v_entry.id;
  END IF;
  IF v_as <> 'withdrawn' THEN
    PERFORM audit_append(v_offer.event_id, 'waitlist', 'waitlist.' || v_as,
      jsonb_strip_nulls(jsonb_build_object('offer', v_offer.id, 'entry', v_entry.id, 'order', r.id)));
  END IF;
  RETURN v_as;
END $$;
