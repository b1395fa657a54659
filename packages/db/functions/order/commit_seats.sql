-- Authorised orders: the seats they still own become sold and the capture is put into the outbox. A claim past its time
-- that nobody took over is still the order's own; an order whose event is over is not sold. Returns
-- [{kind: "committed" | "seats_lost" | "event_over", orderId, replayed}].
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
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.committed', jsonb_build_object('orders', r.ids));
  END LOOP;
  RETURN v_out;
END $$;
