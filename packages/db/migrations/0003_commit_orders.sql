-- 0003 commit_orders: many orders in one statement.
--
-- The settings of the functions here and in 0004: seat_claim is empty when a sale opens and holds tens of thousands of rows
-- seconds later, so a plan made for the empty table would scan the full one. Every lookup has its index; the planner may
-- not choose otherwise, and need not plan again.

CREATE TYPE order_draft AS (
  -- Position in the caller's batch; names the draft in the answer.
  ord integer,
  -- Another draft earlier in this batch wants the same seat, fan, key or hold: answer what is certain, else "again".
  contested boolean,
  id uuid,
  reference text,
  event_id uuid,
  account_id uuid,
  hold_id uuid,
  idempotency_key text,
  request_hash text,
  email text,
  items jsonb,
  item_count integer,
  seat_nos integer[],
  area_nos integer[],
  area_counts integer[],
  price_version integer,
  quote_hash text,
  currency text,
  face_minor bigint,
  fee_minor bigint,
  tax_added_minor bigint,
  total_minor bigint,
  max_per_fan integer,
  pay_within_ms integer
);

-- What is already known about a draft whose order, key or hold stands in `orders`; null when nothing is. The key decides
-- first: it is the caller's own name for the attempt.
CREATE FUNCTION order_verdict(d order_draft) RETURNS jsonb LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
  o record;
BEGIN
  SELECT id, request_hash INTO o FROM orders WHERE account_id = d.account_id AND idempotency_key = d.idempotency_key;
  IF FOUND THEN
    IF o.request_hash = d.request_hash THEN
      RETURN jsonb_build_object('ord', d.ord, 'kind', 'committed', 'orderId', o.id, 'replayed', true);
    END IF;
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'key_reused', 'orderId', d.id);
  END IF;
  IF EXISTS (SELECT FROM orders WHERE id = d.id) THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'key_reused', 'orderId', d.id);
  END IF;
  -- The hold's places belong to the order that it already became.
  IF EXISTS (SELECT FROM orders WHERE hold_id = d.hold_id AND state IN ('awaiting_payment', 'committed', 'paid', 'refunded'))
  THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'seats_taken', 'orderId', d.id, 'seatNos', to_jsonb(d.seat_nos));
  END IF;
  RETURN NULL;
END $$;

-- Commits a batch of order drafts (a JSON array of order_draft). Each order is all or nothing, and one that loses never
-- costs another its place. Returns a JSON array of {ord, kind, orderId, ...} with the kinds of CommitOutcome and "again"
-- for a draft that must be sent once more because another draft of the same batch stood in its way.
--
-- An attempt writes all that may win in four statements inside a subtransaction. Whoever is found to have lost, under the
-- locks, is taken out, the subtransaction is undone with every trace of the losers (also an expired claim that one of them
-- took over), and the rest tries again. At least one loser leaves per round; without losers there is one round.
CREATE FUNCTION commit_orders(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
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
          tax_added_minor, total_minor, created_at, pay_by)
        SELECT d.id, d.reference, d.event_id, d.account_id, d.hold_id, d.idempotency_key, d.request_hash, d.email, d.items,
          d.item_count, d.seat_nos, d.area_nos, d.area_counts, d.price_version, d.quote_hash, d.currency, d.face_minor,
          d.fee_minor, d.tax_added_minor, d.total_minor, v_now, v_now + d.pay_within_ms * interval '1 millisecond'
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

-- Locks the pools that the drafts need, in one order for everybody, and returns the verdicts of those that do not fit any
-- more behind the earlier ones; null when all fit. A large order that does not fit leaves its places to smaller ones.
CREATE FUNCTION areas_too_full(drafts order_draft[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_left jsonb := '{}';
  v_full integer[];
  v_lost jsonb;
  v_key text;
  r record;
  i integer;
BEGIN
  FOR r IN
    SELECT p.event_id, p.area_no, p.capacity - p.claimed - p.sold AS places FROM ga_pool p
    WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = p.event_id AND p.area_no = ANY (d.area_nos))
    ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE
  LOOP
    v_left := v_left || jsonb_build_object(r.event_id || ':' || r.area_no, r.places);
  END LOOP;
  FOR r IN SELECT d.ord, d.id, d.event_id, d.area_nos, d.area_counts FROM unnest(drafts) d ORDER BY d.ord LOOP
    v_full := '{}';
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      IF coalesce((v_left ->> (r.event_id || ':' || r.area_nos[i]))::integer, 0) < r.area_counts[i] THEN
        v_full := v_full || r.area_nos[i];
      END IF;
    END LOOP;
    IF cardinality(v_full) > 0 THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'area_full', 'orderId', r.id, 'areaNos', v_full);
      CONTINUE;
    END IF;
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      v_key := r.event_id || ':' || r.area_nos[i];
      v_left := jsonb_set(v_left, ARRAY[v_key], to_jsonb((v_left ->> v_key)::integer - r.area_counts[i]));
    END LOOP;
  END LOOP;
  RETURN v_lost;
END $$;

-- The answer to a draft that could not try: its event is closed, somebody has its seats, or it must come again.
CREATE FUNCTION late_verdict(d order_draft) RETURNS jsonb LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
  v_seats jsonb;
BEGIN
  IF NOT EXISTS (SELECT FROM event WHERE id = d.event_id AND state IN ('on_sale', 'sold_out')) THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'event_closed', 'orderId', d.id);
  END IF;
  SELECT jsonb_agg(s ORDER BY s) INTO v_seats
  FROM unnest(d.seat_nos) s JOIN seat_claim c ON c.event_id = d.event_id AND c.seat_no = s
  WHERE c.state <> 'claimed' OR c.expires_at > clock_timestamp();
  IF v_seats IS NOT NULL THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'seats_taken', 'orderId', d.id, 'seatNos', v_seats);
  END IF;
  RETURN jsonb_build_object('ord', d.ord, 'kind', 'again', 'orderId', d.id);
END $$;
