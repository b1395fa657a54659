-- 0004 the life of an order after its claim: payment, seats sold, paid, ended. Each is one statement for many orders and
-- safe to repeat. Locks are taken in the order that 0002 names.

-- Writes what a provider said about one payment and returns the row as it is then. An answer that would move the payment
-- backwards changes nothing; a forward one with another amount is refused by payment_unchanged.
CREATE FUNCTION record_payment(p jsonb) RETURNS payment LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_state text := p ->> 'state';
  v_row payment;
BEGIN
  PERFORM guard_tx();
  INSERT INTO payment AS x (order_id, provider, provider_ref, state, amount_minor, currency, action_url, decline_reason,
    captured_at)
  VALUES ((p ->> 'orderId')::uuid, p ->> 'provider', p ->> 'providerRef', v_state, (p ->> 'amountMinor')::bigint,
    p ->> 'currency', p ->> 'actionUrl', p ->> 'declineReason',
    CASE WHEN v_state IN ('captured', 'refunded') THEN clock_timestamp() END)
  ON CONFLICT (provider, provider_ref) DO UPDATE
    SET state = excluded.state, action_url = excluded.action_url, decline_reason = excluded.decline_reason,
        amount_minor = CASE WHEN excluded.state = 'refunded' THEN x.amount_minor ELSE excluded.amount_minor END,
        currency = excluded.currency, order_id = excluded.order_id,
        captured_at = coalesce(x.captured_at, excluded.captured_at), updated_at = clock_timestamp()
    WHERE payment_can_follow(x.state, excluded.state);
  SELECT * INTO STRICT v_row FROM payment WHERE provider = p ->> 'provider' AND provider_ref = p ->> 'providerRef';
  RETURN v_row;
END $$;

-- Authorised orders: the seats they still own become sold and the capture is put into the outbox. A claim past its time
-- that nobody took over is still the order's own. Returns [{kind: "committed" | "seats_lost", orderId, replayed}].
CREATE FUNCTION commit_seats(p_ids uuid[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_due uuid[];
  v_won uuid[];
  v_bare uuid;
  v_out jsonb;
  r record;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM orders WHERE id = ANY (p_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due := ARRAY(SELECT id FROM orders WHERE id = ANY (p_ids) AND state = 'awaiting_payment' ORDER BY id);
  SELECT o.id INTO v_bare FROM orders o
  WHERE o.id = ANY (v_due) AND o.total_minor > 0 AND NOT EXISTS (
    SELECT FROM payment p WHERE p.order_id = o.id AND p.state IN ('authorised', 'captured')
      AND p.amount_minor = o.total_minor AND p.currency = o.currency)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % has no authorised payment over its total', v_bare
      USING ERRCODE = '23514', CONSTRAINT = 'order_not_authorised';
  END IF;

  PERFORM FROM orders o CROSS JOIN unnest(o.seat_nos) s JOIN seat_claim c ON c.event_id = o.event_id AND c.seat_no = s
  WHERE o.id = ANY (v_due) ORDER BY c.event_id, c.seat_no FOR NO KEY UPDATE OF c;
  v_won := ARRAY(
    SELECT o.id FROM orders o
    WHERE o.id = ANY (v_due) AND NOT EXISTS (
      SELECT FROM unnest(o.seat_nos) s LEFT JOIN seat_claim c ON c.event_id = o.event_id AND c.seat_no = s
      WHERE c.order_id IS DISTINCT FROM o.id OR c.state <> 'claimed'));
  UPDATE seat_claim c SET state = 'sold', expires_at = NULL
  FROM orders o CROSS JOIN unnest(o.seat_nos) s
  WHERE o.id = ANY (v_won) AND c.event_id = o.event_id AND c.seat_no = s AND c.order_id = o.id AND c.state = 'claimed';

  PERFORM FROM ga_pool p
  WHERE EXISTS (SELECT FROM orders o WHERE o.id = ANY (v_won) AND o.event_id = p.event_id AND p.area_no = ANY (o.area_nos))
  ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE;
  UPDATE ga_pool p SET claimed = p.claimed - t.places, sold = p.sold + t.places
  FROM (SELECT o.event_id, a.area_no, sum(a.places)::integer AS places
        FROM orders o CROSS JOIN unnest(o.area_nos, o.area_counts) a (area_no, places)
        WHERE o.id = ANY (v_won) GROUP BY 1, 2) t
  WHERE p.event_id = t.event_id AND p.area_no = t.area_no;

  UPDATE orders SET state = 'committed', committed_at = clock_timestamp() WHERE id = ANY (v_won);
  INSERT INTO job (kind, effect, payload)
  SELECT 'capture', 'capture:' || id, jsonb_build_object('orderId', id) FROM unnest(v_won) id
  ON CONFLICT (effect) DO NOTHING;

  SELECT coalesce(jsonb_agg(CASE
      WHEN o.id = ANY (v_won) THEN jsonb_build_object('kind', 'committed', 'orderId', i.id, 'replayed', false)
      WHEN o.state IN ('committed', 'paid', 'refunded')
        THEN jsonb_build_object('kind', 'committed', 'orderId', i.id, 'replayed', true)
      ELSE jsonb_build_object('kind', 'seats_lost', 'orderId', i.id) END ORDER BY i.n), '[]')
    INTO v_out
  FROM unnest(p_ids) WITH ORDINALITY i (id, n) LEFT JOIN orders o ON o.id = i.id;

  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_won)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'order-writer', 'order.committed', r.ids);
  END LOOP;
  RETURN v_out;
END $$;

-- Captured orders: paid, with ledger entry, tickets and mail. Takes [{orderId, ticketIds}] and returns
-- [{orderId, replayed}]. An order whose payment is not captured over its total is refused, with the whole batch.
CREATE FUNCTION confirm_paid(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_ids uuid[];
  v_due uuid[];
  v_bad uuid;
  v_out jsonb;
  r record;
BEGIN
  PERFORM guard_tx();
  v_ids := ARRAY(SELECT (b ->> 'orderId')::uuid FROM jsonb_array_elements(batch) b);
  PERFORM FROM orders WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due := ARRAY(SELECT id FROM orders WHERE id = ANY (v_ids) AND state NOT IN ('paid', 'refunded') ORDER BY id);

  SELECT o.id INTO v_bad FROM orders o
  WHERE o.id = ANY (v_due) AND (o.state <> 'committed' OR o.total_minor > 0 AND NOT EXISTS (
    SELECT FROM payment p WHERE p.order_id = o.id AND p.state = 'captured'
      AND p.amount_minor = o.total_minor AND p.currency = o.currency))
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % is not committed and captured over its total', v_bad
      USING ERRCODE = '23514', CONSTRAINT = 'order_not_captured';
  END IF;
  SELECT coalesce(o.id, (b ->> 'orderId')::uuid) INTO v_bad
  FROM jsonb_array_elements(batch) b LEFT JOIN orders o ON o.id = (b ->> 'orderId')::uuid
  WHERE o.id IS NULL OR o.id = ANY (v_due) AND jsonb_array_length(b -> 'ticketIds') <> o.item_count LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % needs one ticket id per item', v_bad
      USING ERRCODE = '23514', CONSTRAINT = 'order_ticket_ids';
  END IF;

  UPDATE orders SET state = 'paid', paid_at = clock_timestamp() WHERE id = ANY (v_due);

  WITH entry AS (
    INSERT INTO ledger_entry (event_id, order_id, kind, currency)
    SELECT o.event_id, o.id, 'sale', o.currency FROM orders o WHERE o.id = ANY (v_due) AND o.total_minor > 0
    RETURNING id, order_id)
  INSERT INTO ledger_posting (entry_id, line, account, amount_minor)
  SELECT e.id, l.line, l.account, l.amount
  FROM entry e JOIN orders o ON o.id = e.order_id
  JOIN payment p ON p.order_id = o.id AND p.state = 'captured'
  CROSS JOIN LATERAL (VALUES
    (1, 'provider:' || p.provider, o.total_minor),
    (2, 'event:' || o.event_id || ':face', -o.face_minor),
    (3, 'event:' || o.event_id || ':fees', -o.fee_minor),
    (4, 'event:' || o.event_id || ':tax', -o.tax_added_minor)) l (line, account, amount)
  WHERE l.amount <> 0;

  INSERT INTO ticket (id, order_id, event_id, account_id, item_index, seat_no, area_no, place, ticket_type, category,
    face_minor)
  SELECT t.id::uuid, o.id, o.event_id, o.account_id, t.n - 1, (i.item ->> 'seatNo')::integer,
    (i.item ->> 'areaNo')::integer, i.item -> 'place', i.item ->> 'ticketType', i.item ->> 'category',
    (i.item ->> 'faceMinor')::bigint
  FROM jsonb_array_elements(batch) b
  JOIN orders o ON o.id = (b ->> 'orderId')::uuid AND o.id = ANY (v_due)
  CROSS JOIN LATERAL jsonb_array_elements_text(b -> 'ticketIds') WITH ORDINALITY t (id, n)
  CROSS JOIN LATERAL (SELECT o.items -> (t.n::integer - 1) AS item) i;

  INSERT INTO job (kind, effect, payload)
  SELECT 'mail.order_paid', 'mail.order_paid:' || id, jsonb_build_object('orderId', id) FROM unnest(v_due) id
  ON CONFLICT (effect) DO NOTHING;

  SELECT coalesce(jsonb_agg(jsonb_build_object('orderId', b ->> 'orderId',
      'replayed', NOT (b ->> 'orderId')::uuid = ANY (v_due))), '[]')
    INTO v_out FROM jsonb_array_elements(batch) b;

  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_due)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'order-writer', 'order.paid', r.ids);
  END LOOP;
  RETURN v_out;
END $$;

-- Ends orders that are still awaiting payment: their own claims, quota and places go back. An order whose money was
-- captured is left alone: it must become a ticket or a refund. Returns [{eventId, holdId}] of the orders that it ended.
CREATE FUNCTION end_orders(p_ids uuid[], p_to text, p_reason text) RETURNS jsonb LANGUAGE plpgsql
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
