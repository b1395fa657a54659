-- 0009 access: codes and lists of e-mail addresses that open a presale, who has access, and how many places it may sell.
--
-- Lock order of 0002 with the new counter: orders, seat_claim, fan_quota, ga_pool, window_allotment, then payment and the
-- rest. Redeeming a code locks its row, then the fan's grant, and nothing of a sale.

-- Codes ------------------------------------------------------------------------------------------------------------------

-- A code is kept as HMAC-SHA-256 under a key that this database does not have: whoever reads the table can enter none.
CREATE TABLE access_code (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code_hash bytea NOT NULL CONSTRAINT access_code_once UNIQUE CHECK (octet_length(code_hash) = 32),
  event_id uuid NOT NULL CONSTRAINT access_event_known REFERENCES event (id),
  window_key text NOT NULL CHECK (window_key <> 'public'),
  -- The codes that were made together; what is listed and revoked.
  batch_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('single', 'multi')),
  max_uses integer NOT NULL CHECK (max_uses > 0),
  uses integer NOT NULL DEFAULT 0,
  label text NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL,
  CONSTRAINT access_code_within_uses CHECK (uses BETWEEN 0 AND max_uses),
  CONSTRAINT access_code_single CHECK (kind <> 'single' OR max_uses = 1)
);
CREATE INDEX access_code_by_batch ON access_code (event_id, batch_id);
CREATE TRIGGER access_code_in_tx BEFORE INSERT OR UPDATE OR DELETE ON access_code
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Whose account has one of these addresses needs no code. Lower case, as accounts have it.
CREATE TABLE access_list (
  event_id uuid NOT NULL CONSTRAINT access_list_event_known REFERENCES event (id),
  email text NOT NULL CHECK (email = lower(email)),
  window_key text NOT NULL CHECK (window_key <> 'public'),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT access_list_once PRIMARY KEY (event_id, email, window_key)
);

-- Who may buy in a presale, by a code or by a list; once per account and window, whatever opened it.
CREATE TABLE access_grant (
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  window_key text NOT NULL,
  code_id uuid REFERENCES access_code (id),
  granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT access_grant_once PRIMARY KEY (event_id, account_id, window_key)
);
CREATE INDEX access_grant_by_code ON access_grant (code_id) WHERE code_id IS NOT NULL;
CREATE TRIGGER access_grant_in_tx BEFORE INSERT OR UPDATE OR DELETE ON access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Makes a batch of codes: {eventId, windowKey, batchId, maxUses, label, expiresAtMs, actor, hashes: [hex]}.
CREATE FUNCTION create_access_codes(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  INSERT INTO access_code (code_hash, event_id, window_key, batch_id, kind, max_uses, label, expires_at, created_by)
  SELECT decode(h, 'hex'), v_event, p ->> 'windowKey', (p ->> 'batchId')::uuid,
    CASE WHEN (p ->> 'maxUses')::integer = 1 THEN 'single' ELSE 'multi' END, (p ->> 'maxUses')::integer, p ->> 'label',
    to_timestamp((p ->> 'expiresAtMs')::bigint / 1000.0), p ->> 'actor'
  FROM jsonb_array_elements_text(p -> 'hashes') h;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_made',
    jsonb_build_object('window', p ->> 'windowKey', 'batch', p ->> 'batchId', 'codes', v_count, 'usesEach', p -> 'maxUses'));
  RETURN v_count;
END $$;

-- Enters a code: {kind: granted, windowKey, replayed} | {kind: refused}. Unknown, used up, expired, revoked and of another
-- event are one answer. A fan who has access already keeps it and uses nothing up.
CREATE FUNCTION redeem_access(p_event uuid, p_account uuid, p_hash bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  c access_code;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO c FROM access_code WHERE code_hash = p_hash AND event_id = p_event FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'refused');
  END IF;
  IF EXISTS (SELECT FROM access_grant WHERE code_id = c.id AND account_id = p_account) THEN
    RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', true);
  END IF;
  IF c.revoked_at IS NOT NULL OR c.expires_at <= clock_timestamp() OR c.uses >= c.max_uses THEN
    RETURN jsonb_build_object('kind', 'refused');
  END IF;
  INSERT INTO access_grant (event_id, account_id, window_key, code_id)
  VALUES (p_event, p_account, c.window_key, c.id) ON CONFLICT (event_id, account_id, window_key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', true);
  END IF;
  UPDATE access_code SET uses = uses + 1 WHERE id = c.id;
  RETURN jsonb_build_object('kind', 'granted', 'windowKey', c.window_key, 'replayed', false);
END $$;

-- The presales that an account may buy in. A list that names its address becomes a grant the first time it is asked for;
-- p_by_list false: the address is not known to be the account's own.
CREATE FUNCTION access_of(p_event uuid, p_account uuid, p_by_list boolean) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
  IF p_by_list AND EXISTS (SELECT FROM access_list WHERE event_id = p_event) THEN
    PERFORM guard_tx();
    INSERT INTO access_grant (event_id, account_id, window_key)
    SELECT l.event_id, a.id, l.window_key
    FROM account a JOIN access_list l ON l.event_id = p_event AND l.email = lower(a.email)
    WHERE a.id = p_account AND NOT EXISTS (
      SELECT FROM access_grant g
      WHERE g.event_id = p_event AND g.account_id = p_account AND g.window_key = l.window_key)
    ON CONFLICT (event_id, account_id, window_key) DO NOTHING;
  END IF;
  RETURN ARRAY(
    SELECT window_key FROM access_grant WHERE event_id = p_event AND account_id = p_account ORDER BY window_key);
END $$;

-- No new fan comes in by these codes from now on; who has access keeps it. Give a batch or the hash of one code.
CREATE FUNCTION revoke_access_codes(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  UPDATE access_code SET revoked_at = clock_timestamp()
  WHERE event_id = v_event AND revoked_at IS NULL
    AND (batch_id = (p ->> 'batchId')::uuid OR code_hash = decode(p ->> 'hash', 'hex'));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_revoked',
      jsonb_build_object('batch', p ->> 'batchId', 'codes', v_count));
  END IF;
  RETURN v_count;
END $$;

-- Puts addresses on a presale's list; returns how many were new.
CREATE FUNCTION list_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  INSERT INTO access_list (event_id, email, window_key)
  SELECT DISTINCT v_event, lower(e), p ->> 'windowKey' FROM jsonb_array_elements_text(p -> 'emails') e ORDER BY 2
  ON CONFLICT (event_id, email, window_key) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'access.emails_listed',
      jsonb_build_object('window', p ->> 'windowKey', 'emails', v_count));
  END IF;
  RETURN v_count;
END $$;

-- Allotments -------------------------------------------------------------------------------------------------------------

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
CREATE TRIGGER window_allotment_in_tx BEFORE INSERT OR UPDATE OR DELETE ON window_allotment
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- The windows of the event are what an organizer edits; the counter's bound follows them in the same statement.
CREATE FUNCTION event_allotments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  INSERT INTO window_allotment (event_id, window_key, allotment)
  SELECT new.id, w ->> 'key', min((w ->> 'allotment')::integer)
  FROM jsonb_array_elements(new.sale_windows) w
  WHERE w ->> 'kind' = 'presale' AND w ->> 'key' IS NOT NULL AND w ->> 'allotment' IS NOT NULL
  GROUP BY 2 ORDER BY 2
  ON CONFLICT (event_id, window_key) DO UPDATE SET allotment = excluded.allotment;
  UPDATE window_allotment a SET allotment = NULL
  WHERE a.event_id = new.id AND a.allotment IS NOT NULL AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(new.sale_windows) w
    WHERE w ->> 'kind' = 'presale' AND w ->> 'key' = a.window_key AND w ->> 'allotment' IS NOT NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER event_allotments_first AFTER INSERT ON event
  FOR EACH ROW WHEN (new.sale_windows <> '[]') EXECUTE FUNCTION event_allotments();
CREATE TRIGGER event_allotments_changed AFTER UPDATE OF sale_windows ON event
  FOR EACH ROW WHEN (new.sale_windows IS DISTINCT FROM old.sale_windows) EXECUTE FUNCTION event_allotments();

-- Orders -----------------------------------------------------------------------------------------------------------------

-- The presale an order was made in; null: the public sale.
ALTER TABLE orders ADD COLUMN window_key text;
ALTER TYPE order_draft ADD ATTRIBUTE window_key text;

CREATE FUNCTION order_window_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was ordered never changes' USING ERRCODE = '23514', CONSTRAINT = 'order_unchanged';
END $$;
CREATE TRIGGER order_window_unchanged BEFORE UPDATE OF window_key ON orders
  FOR EACH ROW WHEN (new.window_key IS DISTINCT FROM old.window_key) EXECUTE FUNCTION order_window_unchanged();

-- Locks the counters of the drafts' presales, in one order for everybody, and returns the verdicts of those that do not fit
-- any more behind the earlier ones; null when all fit. A large order that does not fit leaves its places to smaller ones.
CREATE FUNCTION allotments_gone(drafts order_draft[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_left jsonb := '{}';
  v_lost jsonb;
  v_key text;
  r record;
BEGIN
  INSERT INTO window_allotment (event_id, window_key)
  SELECT DISTINCT d.event_id, d.window_key FROM unnest(drafts) d WHERE d.window_key IS NOT NULL ORDER BY 1, 2
  ON CONFLICT (event_id, window_key) DO NOTHING;
  FOR r IN
    SELECT a.event_id, a.window_key, a.allotment - a.taken AS places FROM window_allotment a
    WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = a.event_id AND d.window_key = a.window_key)
    ORDER BY a.event_id, a.window_key FOR NO KEY UPDATE
  LOOP
    v_left := v_left || jsonb_build_object(r.event_id || ':' || r.window_key, r.places);
  END LOOP;
  FOR r IN
    SELECT d.ord, d.id, d.event_id, d.window_key, d.item_count FROM unnest(drafts) d
    WHERE d.window_key IS NOT NULL ORDER BY d.ord
  LOOP
    v_key := r.event_id || ':' || r.window_key;
    CONTINUE WHEN v_left ->> v_key IS NULL;
    IF (v_left ->> v_key)::integer < r.item_count THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'allotment_gone', 'orderId', r.id, 'windowKey', r.window_key, 'left', v_left -> v_key);
    ELSE
      v_left := jsonb_set(v_left, ARRAY[v_key], to_jsonb((v_left ->> v_key)::integer - r.item_count));
    END IF;
  END LOOP;
  RETURN v_lost;
END $$;

-- As in 0003, with step 5.
CREATE OR REPLACE FUNCTION commit_orders(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_all order_draft[];
  v_try order_draft[];
  v_out jsonb := '[]';
  v_lost jsonb;
  v_ids uuid[];
  v_events uuid[];
  v_accounts uuid[];
  v_rows bigint;
  v_want bigint;
  r record;
BEGIN
  PERFORM guard_tx();
  v_all := ARRAY(SELECT d FROM jsonb_populate_recordset(NULL::order_draft, batch) d ORDER BY d.id);

  -- An event that is sold out still honours the holds it gave out before.
  v_try := ARRAY(
    SELECT d FROM unnest(v_all) d JOIN event e ON e.id = d.event_id AND e.state IN ('on_sale', 'sold_out')
    WHERE NOT d.contested
      -- A few orders look before they write: in a rush most have lost already, and writing and undoing costs more. Large
      -- batches come from the stream, where the winners were chosen before.
      AND (cardinality(v_all) > 10 OR NOT EXISTS (
        SELECT FROM unnest(d.seat_nos) s JOIN seat_claim c ON c.event_id = d.event_id AND c.seat_no = s
        WHERE c.state <> 'claimed' OR c.expires_at > v_now))
    ORDER BY d.id);

  WHILE cardinality(v_try) > 0 LOOP
    BEGIN
      -- 1. The orders. A conflict waits for the other transaction; then its row is there to be judged.
      WITH written AS (
        INSERT INTO orders (id, reference, event_id, account_id, hold_id, idempotency_key, request_hash, email, items,
          item_count, seat_nos, area_nos, area_counts, price_version, quote_hash, currency, face_minor, fee_minor,
          tax_added_minor, total_minor, created_at, pay_by, window_key)
        SELECT d.id, d.reference, d.event_id, d.account_id, d.hold_id, d.idempotency_key, d.request_hash, d.email, d.items,
          d.item_count, d.seat_nos, d.area_nos, d.area_counts, d.price_version, d.quote_hash, d.currency, d.face_minor,
          d.fee_minor, d.tax_added_minor, d.total_minor, v_now, v_now + d.pay_within_ms * interval '1 millisecond',
          d.window_key
        FROM unnest(v_try) d ORDER BY d.id
        ON CONFLICT DO NOTHING RETURNING id)
      SELECT array_agg(id) INTO v_ids FROM written;
      IF coalesce(cardinality(v_ids), 0) < cardinality(v_try) THEN
        SELECT jsonb_agg(coalesce(order_verdict(d), jsonb_build_object('ord', d.ord, 'kind', 'again', 'orderId', d.id)))
          INTO v_lost FROM unnest(v_try) d WHERE NOT d.id = ANY (coalesce(v_ids, '{}'));
        RAISE SQLSTATE 'ON001';
      END IF;

      -- 2. The seats, in one order for everybody. An expired claim is taken over, anything else is left as it is.
      SELECT coalesce(sum(cardinality(d.seat_nos)), 0) INTO v_want FROM unnest(v_try) d;
      INSERT INTO seat_claim AS c (event_id, seat_no, state, order_id, hold_id, expires_at)
      SELECT d.event_id, s, 'claimed', d.id, d.hold_id, v_now + d.pay_within_ms * interval '1 millisecond'
      FROM unnest(v_try) d CROSS JOIN unnest(d.seat_nos) s ORDER BY d.event_id, s
      ON CONFLICT (event_id, seat_no) DO UPDATE
        SET order_id = excluded.order_id, hold_id = excluded.hold_id, fence = excluded.fence,
            expires_at = excluded.expires_at
        WHERE c.state = 'claimed' AND c.expires_at <= clock_timestamp();
      GET DIAGNOSTICS v_rows = ROW_COUNT;
      IF v_rows < v_want THEN
        SELECT jsonb_agg(jsonb_build_object('ord', d.ord, 'kind', 'seats_taken', 'orderId', d.id, 'seatNos', l.seats))
          INTO v_lost
        FROM unnest(v_try) d CROSS JOIN LATERAL (
          SELECT jsonb_agg(s ORDER BY s) AS seats
          FROM unnest(d.seat_nos) s LEFT JOIN seat_claim c ON c.event_id = d.event_id AND c.seat_no = s
          WHERE c.order_id IS DISTINCT FROM d.id) l
        WHERE l.seats IS NOT NULL;
        RAISE SQLSTATE 'ON001';
      END IF;

      -- 3. The fan's limit.
      WITH counted AS (
        INSERT INTO fan_quota AS q (event_id, account_id, taken, max_per_fan)
        SELECT d.event_id, d.account_id, d.item_count, d.max_per_fan FROM unnest(v_try) d
        WHERE d.item_count <= d.max_per_fan ORDER BY d.event_id, d.account_id
        ON CONFLICT (event_id, account_id) DO UPDATE
          SET taken = q.taken + excluded.taken, max_per_fan = excluded.max_per_fan
          WHERE q.taken + excluded.taken <= excluded.max_per_fan
        RETURNING event_id, account_id)
      SELECT array_agg(event_id), array_agg(account_id), count(*) INTO v_events, v_accounts, v_rows FROM counted;
      IF v_rows < cardinality(v_try) THEN
        SELECT jsonb_agg(jsonb_build_object('ord', d.ord, 'kind', 'limit', 'orderId', d.id, 'max', d.max_per_fan,
            'bought', coalesce((SELECT q.taken FROM fan_quota q
                                WHERE q.event_id = d.event_id AND q.account_id = d.account_id), 0)))
          INTO v_lost
        FROM unnest(v_try) d
        WHERE NOT EXISTS (SELECT FROM unnest(v_events, v_accounts) w (event_id, account_id)
                          WHERE w.event_id = d.event_id AND w.account_id = d.account_id);
        RAISE SQLSTATE 'ON001';
      END IF;

      -- 4. Places in standing areas, first come first served under the pools' locks.
      IF EXISTS (SELECT FROM unnest(v_try) d WHERE cardinality(d.area_nos) > 0) THEN
        v_lost := areas_too_full(v_try);
        IF v_lost IS NOT NULL THEN
          RAISE SQLSTATE 'ON001';
        END IF;
        UPDATE ga_pool p SET claimed = p.claimed + t.places
        FROM (SELECT d.event_id, a.area_no, sum(a.places)::integer AS places
              FROM unnest(v_try) d CROSS JOIN unnest(d.area_nos, d.area_counts) a (area_no, places)
              GROUP BY 1, 2) t
        WHERE p.event_id = t.event_id AND p.area_no = t.area_no;
      END IF;

      -- 5. The allotment of a presale, first come first served under its row's lock.
      IF EXISTS (SELECT FROM unnest(v_try) d WHERE d.window_key IS NOT NULL) THEN
        v_lost := allotments_gone(v_try);
        IF v_lost IS NOT NULL THEN
          RAISE SQLSTATE 'ON001';
        END IF;
        UPDATE window_allotment a SET taken = a.taken + t.places
        FROM (SELECT d.event_id, d.window_key, sum(d.item_count)::integer AS places
              FROM unnest(v_try) d WHERE d.window_key IS NOT NULL GROUP BY 1, 2) t
        WHERE a.event_id = t.event_id AND a.window_key = t.window_key;
      END IF;
      EXIT;
    EXCEPTION WHEN SQLSTATE 'ON001' THEN
      v_out := v_out || v_lost;
      v_try := ARRAY(
        SELECT d FROM unnest(v_try) d
        WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(v_lost) l WHERE (l ->> 'ord')::integer = d.ord)
        ORDER BY d.id);
    END;
  END LOOP;

  -- Drafts that took no part: answer what is certain now.
  IF jsonb_array_length(v_out) + cardinality(v_try) < cardinality(v_all) THEN
    SELECT v_out || coalesce(jsonb_agg(coalesce(order_verdict(d), late_verdict(d))), '[]') INTO v_out
    FROM unnest(v_all) d
    WHERE NOT d.id = ANY (SELECT w.id FROM unnest(v_try) w WHERE w.ord = d.ord)
      AND NOT EXISTS (SELECT FROM jsonb_array_elements(v_out) l WHERE (l ->> 'ord')::integer = d.ord);
  END IF;

  FOR r IN
    SELECT d.event_id, jsonb_agg(d.id) AS ids
    FROM unnest(v_try) d GROUP BY d.event_id ORDER BY d.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'order-writer', 'order.claimed', r.ids);
  END LOOP;

  SELECT v_out || coalesce(jsonb_agg(jsonb_build_object(
    'ord', d.ord, 'kind', 'committed', 'orderId', d.id, 'replayed', false)), '[]') INTO v_out
  FROM unnest(v_try) d;
  RETURN v_out;
END $$;

-- As in 0004, giving back what a presale's counter has.
CREATE OR REPLACE FUNCTION end_orders(p_ids uuid[], p_to text, p_reason text) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_due uuid[];
  v_out jsonb;
  r record;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM orders WHERE id = ANY (p_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due := ARRAY(
    SELECT o.id FROM orders o
    WHERE o.id = ANY (p_ids) AND o.state = 'awaiting_payment'
      AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND p.state = 'captured')
    ORDER BY o.id);

  -- Only what is still this order's: a seat that was taken over is somebody else's claim now.
  PERFORM FROM orders o CROSS JOIN unnest(o.seat_nos) s
  JOIN seat_claim c ON c.event_id = o.event_id AND c.seat_no = s AND c.order_id = o.id
  WHERE o.id = ANY (v_due) ORDER BY c.event_id, c.seat_no FOR UPDATE OF c;
  DELETE FROM seat_claim c USING orders o CROSS JOIN unnest(o.seat_nos) s
  WHERE o.id = ANY (v_due) AND c.event_id = o.event_id AND c.seat_no = s AND c.order_id = o.id AND c.state = 'claimed';

  PERFORM FROM fan_quota q
  JOIN (SELECT DISTINCT o.event_id, o.account_id FROM orders o WHERE o.id = ANY (v_due)) t
    ON t.event_id = q.event_id AND t.account_id = q.account_id
  ORDER BY q.event_id, q.account_id FOR NO KEY UPDATE OF q;
  UPDATE fan_quota q SET taken = q.taken - t.places
  FROM (SELECT o.event_id, o.account_id, sum(o.item_count)::integer AS places FROM orders o
        WHERE o.id = ANY (v_due) GROUP BY 1, 2) t
  WHERE q.event_id = t.event_id AND q.account_id = t.account_id;

  PERFORM FROM ga_pool p
  WHERE EXISTS (SELECT FROM orders o WHERE o.id = ANY (v_due) AND o.event_id = p.event_id AND p.area_no = ANY (o.area_nos))
  ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE;
  UPDATE ga_pool p SET claimed = p.claimed - t.places
  FROM (SELECT o.event_id, a.area_no, sum(a.places)::integer AS places
        FROM orders o CROSS JOIN unnest(o.area_nos, o.area_counts) a (area_no, places)
        WHERE o.id = ANY (v_due) GROUP BY 1, 2) t
  WHERE p.event_id = t.event_id AND p.area_no = t.area_no;

  PERFORM FROM window_allotment a
  JOIN (SELECT DISTINCT o.event_id, o.window_key FROM orders o WHERE o.id = ANY (v_due)) t
    ON t.event_id = a.event_id AND t.window_key = a.window_key
  ORDER BY a.event_id, a.window_key FOR NO KEY UPDATE OF a;
  UPDATE window_allotment a SET taken = a.taken - t.places
  FROM (SELECT o.event_id, o.window_key, sum(o.item_count)::integer AS places FROM orders o
        WHERE o.id = ANY (v_due) AND o.window_key IS NOT NULL GROUP BY 1, 2) t
  WHERE a.event_id = t.event_id AND a.window_key = t.window_key;

  UPDATE orders SET state = p_to, reason = p_reason, ended_at = clock_timestamp() WHERE id = ANY (v_due);

  SELECT coalesce(jsonb_agg(jsonb_build_object('eventId', o.event_id, 'holdId', o.hold_id) ORDER BY o.id), '[]')
    INTO v_out FROM orders o WHERE o.id = ANY (v_due);
  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_due)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'order-writer', 'order.' || p_to, jsonb_build_object('orders', r.ids, 'reason', p_reason));
  END LOOP;
  RETURN v_out;
END $$;
