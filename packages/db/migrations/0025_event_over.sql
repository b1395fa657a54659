-- 0025 orders of an event that is over: nothing is sold for it any more, what is open ends, and its stream is drained.

-- When an event ended or was cancelled, and when nothing of it was left open after that.
ALTER TABLE event ADD COLUMN closed_at timestamptz;
ALTER TABLE event ADD COLUMN drained_at timestamptz;
CREATE FUNCTION event_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.closed_at := clock_timestamp();
  RETURN new;
END $$;
CREATE TRIGGER event_closes BEFORE UPDATE OF state ON event
  FOR EACH ROW WHEN (new.state <> old.state AND new.state IN ('ended', 'cancelled')) EXECUTE FUNCTION event_closes();
UPDATE event SET closed_at = clock_timestamp() WHERE state IN ('ended', 'cancelled');
CREATE INDEX event_closing ON event (closed_at) WHERE state IN ('ended', 'cancelled') AND drained_at IS NULL;

-- Notes that nothing of an event is open any more, if so: no order that waits for its payment, and none of a cancelled
-- event that waits for its capture. False: something is, or it closed less than p_older_ms ago, so that a process may still
-- take orders by what it remembers of the event.
CREATE FUNCTION mark_drained(p_id uuid, p_older_ms integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  UPDATE event e SET drained_at = clock_timestamp()
  WHERE e.id = p_id AND e.state IN ('ended', 'cancelled') AND e.drained_at IS NULL
    AND e.closed_at <= clock_timestamp() - p_older_ms * interval '1 millisecond'
    AND NOT EXISTS (
      SELECT FROM orders o WHERE o.event_id = e.id
        AND (o.state = 'awaiting_payment' OR o.state = 'committed' AND e.state = 'cancelled'));
  RETURN FOUND;
END $$;

-- As in 0004, and an order whose event is over is not sold: {kind: "event_over"}.
CREATE OR REPLACE FUNCTION commit_seats(p_ids uuid[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  v_due uuid[];
  v_won uuid[];
  v_bare uuid;
  v_closed uuid[];
  v_out jsonb;
  r record;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM orders WHERE id = ANY (p_ids) ORDER BY id FOR NO KEY UPDATE;
  v_due := ARRAY(SELECT id FROM orders WHERE id = ANY (p_ids) AND state = 'awaiting_payment' ORDER BY id);
  -- Held to the end of this transaction, so that an event is ended or cancelled before this sale or after it.
  PERFORM FROM event WHERE id IN (SELECT o.event_id FROM orders o WHERE o.id = ANY (v_due)) ORDER BY id FOR SHARE;
  v_closed := ARRAY(
    SELECT o.id FROM orders o JOIN event e ON e.id = o.event_id
    WHERE o.id = ANY (v_due) AND e.state IN ('ended', 'cancelled'));
  v_due := ARRAY(SELECT d FROM unnest(v_due) d WHERE NOT d = ANY (v_closed) ORDER BY d);
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
      WHEN i.id = ANY (v_closed) THEN jsonb_build_object('kind', 'event_over', 'orderId', i.id)
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

-- As in 0009, and to 'failed' also an order whose seats were sold to it when every payment of it was voided or declined:
-- its seats go back as well.
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
    WHERE o.id = ANY (p_ids) AND (
      o.state = 'awaiting_payment'
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND p.state = 'captured')
      OR o.state = 'committed' AND p_to = 'failed'
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND p.state NOT IN ('voided', 'declined')))
    ORDER BY o.id);

  -- Only what is still this order's: a seat that was taken over is somebody else's claim now.
  PERFORM FROM orders o CROSS JOIN unnest(o.seat_nos) s
  JOIN seat_claim c ON c.event_id = o.event_id AND c.seat_no = s AND c.order_id = o.id
  WHERE o.id = ANY (v_due) ORDER BY c.event_id, c.seat_no FOR UPDATE OF c;
  DELETE FROM seat_claim c USING orders o CROSS JOIN unnest(o.seat_nos) s
  WHERE o.id = ANY (v_due) AND c.event_id = o.event_id AND c.seat_no = s AND c.order_id = o.id AND c.state IN ('claimed', 'sold');

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
  UPDATE ga_pool p SET claimed = p.claimed - t.claimed, sold = p.sold - t.sold
  FROM (SELECT o.event_id, a.area_no,
          coalesce(sum(a.places) FILTER (WHERE o.state = 'awaiting_payment'), 0)::integer AS claimed,
          coalesce(sum(a.places) FILTER (WHERE o.state = 'committed'), 0)::integer AS sold
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
