-- Commits a batch of order drafts, a JSON array of what order_draft has and, beside it, of the columns of orders, and of
-- `payment`, {provider, key, method} of the first attempt to pay, null where there is nothing to pay. Each order
-- is all or nothing, and one that loses never costs another its place. Returns a JSON array of {ord, kind, orderId, ...} with
-- the kinds of CommitOutcome and "again" for a draft that must be sent once more because another draft of the same batch
-- stood in its way.
--
-- An attempt writes all that may win in four statements inside a subtransaction. Whoever is found to have lost, under the
-- locks, is taken out, the subtransaction is undone with every trace of the losers (also an expired claim that one of them
-- took over), and the rest tries again. At least one loser leaves per round; without losers there is one round.
--
-- About the settings here and in the other functions of a sale: seat_claim is empty when a sale opens and holds tens of
-- thousands of rows seconds later, so a plan made for the empty table would scan the full one. Every lookup has its index;
-- the planner may not choose otherwise, and need not plan again.
CREATE OR REPLACE FUNCTION commit_orders(batch jsonb, p_owned jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_all order_draft[];
  v_try order_draft[];
  -- What every order of this batch starts with; all else it has from its draft.
  v_new orders;
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
  PERFORM need_events(p_owned);
  v_all := ARRAY(SELECT d FROM jsonb_populate_recordset(NULL::order_draft, batch) d ORDER BY d.id);
  v_new.state := 'awaiting_payment';
  v_new.created_at := v_now;

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
        INSERT INTO orders SELECT o.*
        FROM jsonb_array_elements(batch) b
        CROSS JOIN LATERAL jsonb_populate_record(v_new, b || jsonb_build_object(
          'pay_by', v_now + (b ->> 'pay_within_ms')::integer * interval '1 millisecond')) o
        WHERE (b ->> 'ord')::integer = ANY (ARRAY(SELECT d.ord FROM unnest(v_try) d))
        ORDER BY o.id
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

      -- 4. Places in standing areas and the allotments of presales, first come first served under the locks of their rows.
      IF EXISTS (SELECT FROM unnest(v_try) d WHERE cardinality(d.area_nos) > 0 OR d.window_key IS NOT NULL) THEN
        v_lost := without_room(v_try);
        IF v_lost IS NOT NULL THEN
          RAISE SQLSTATE 'ON001';
        END IF;
        UPDATE ga_pool p SET claimed = p.claimed + t.places
        FROM (SELECT d.event_id, a.area_no, sum(a.places)::integer AS places
              FROM unnest(v_try) d CROSS JOIN unnest(d.area_nos, d.area_counts) a (area_no, places)
              GROUP BY 1, 2) t
        WHERE p.event_id = t.event_id AND p.area_no = t.area_no;
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

  INSERT INTO payment (order_id, attempt, provider, key, method, amount_minor, currency)
  SELECT (b ->> 'id')::uuid, 1, b -> 'payment' ->> 'provider', b -> 'payment' ->> 'key', b -> 'payment' ->> 'method',
    (b ->> 'total_minor')::bigint, b ->> 'currency'
  FROM jsonb_array_elements(batch) b
  WHERE (b ->> 'ord')::integer = ANY (ARRAY(SELECT d.ord FROM unnest(v_try) d)) AND b -> 'payment' ->> 'key' IS NOT NULL;

  FOR r IN
    SELECT d.event_id, jsonb_agg(d.id) AS ids
    FROM unnest(v_try) d GROUP BY d.event_id ORDER BY d.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.claimed', jsonb_build_object('orders', r.ids));
  END LOOP;

  SELECT v_out || coalesce(jsonb_agg(jsonb_build_object(
    'ord', d.ord, 'kind', 'committed', 'orderId', d.id, 'replayed', false)), '[]') INTO v_out
  FROM unnest(v_try) d;
  RETURN v_out;
END $$;
