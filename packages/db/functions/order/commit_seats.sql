-- Orders that are authorised over their total: the seats they still own become sold, and they committed. A claim past its time
-- that nobody took over is still the order's own; an order whose event is over, that lost a seat or is not paid for stays as it
-- is. For callers that hold the orders.
CREATE OR REPLACE FUNCTION commit_seats(p_ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_due uuid[];
  v_won uuid[];
  r record;
BEGIN
  v_due := ARRAY(SELECT o.id FROM orders o WHERE o.id = ANY (p_ids) AND o.state = 'awaiting_payment'
    AND (o.total_minor = 0 OR EXISTS (
      SELECT FROM payment p WHERE p.order_id = o.id AND p.state IN ('authorised', 'captured')
        AND p.amount_minor = o.total_minor AND p.currency = o.currency)) ORDER BY o.id);
  -- Held to the end of this transaction, so that an event is ended or cancelled before this sale or after it.
  PERFORM FROM event WHERE id IN (SELECT o.event_id FROM orders o WHERE o.id = ANY (v_due)) ORDER BY id FOR SHARE;
  v_due := ARRAY(SELECT o.id FROM orders o JOIN event e ON e.id = o.event_id
    WHERE o.id = ANY (v_due) AND e.state NOT IN ('ended', 'cancelled') ORDER BY o.id);

  -- Seats are named in a list of their own, with event and number side by side: joined to orders directly, the planner reads every
  -- claim of the event while it knows nothing of how many there are.
  v_won := ARRAY(
    WITH wanted AS MATERIALIZED (
      SELECT o.id, o.event_id, s.seat_no FROM orders o CROSS JOIN unnest(o.seat_nos) s (seat_no) WHERE o.id = ANY (v_due)),
    locked AS MATERIALIZED (
      SELECT w.id, c.order_id = w.id AND c.state = 'claimed' AS own
      FROM wanted w JOIN seat_claim c ON c.event_id = w.event_id AND c.seat_no = w.seat_no
      ORDER BY c.event_id, c.seat_no FOR NO KEY UPDATE OF c)
    SELECT o.id FROM orders o LEFT JOIN (SELECT id, count(*) AS n FROM locked WHERE own GROUP BY id) l ON l.id = o.id
    WHERE o.id = ANY (v_due) AND cardinality(o.seat_nos) = coalesce(l.n, 0)
    ORDER BY o.id);
  WITH wanted AS MATERIALIZED (
    SELECT o.id, o.event_id, s.seat_no FROM orders o CROSS JOIN unnest(o.seat_nos) s (seat_no) WHERE o.id = ANY (v_won))
  UPDATE seat_claim c SET state = 'sold', expires_at = NULL
  FROM wanted w
  WHERE c.event_id = w.event_id AND c.seat_no = w.seat_no AND c.order_id = w.id AND c.state = 'claimed';

  IF EXISTS (SELECT FROM orders o WHERE o.id = ANY (v_won) AND cardinality(o.area_nos) > 0) THEN
    PERFORM FROM ga_pool p
    WHERE EXISTS (SELECT FROM orders o WHERE o.id = ANY (v_won) AND o.event_id = p.event_id AND p.area_no = ANY (o.area_nos))
    ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE;
    UPDATE ga_pool p SET claimed = p.claimed - t.places, sold = p.sold + t.places
    FROM (SELECT o.event_id, a.area_no, sum(a.places)::integer AS places
          FROM orders o CROSS JOIN unnest(o.area_nos, o.area_counts) a (area_no, places)
          WHERE o.id = ANY (v_won) GROUP BY 1, 2) t
    WHERE p.event_id = t.event_id AND p.area_no = t.area_no;
  END IF;

  UPDATE orders SET state = 'committed', committed_at = clock_timestamp() WHERE id = ANY (v_won);

  FOR r IN SELECT o.event_id, jsonb_agg(o.id ORDER BY o.id) AS ids FROM orders o WHERE o.id = ANY (v_won)
    GROUP BY o.event_id ORDER BY o.event_id
  LOOP
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.committed', jsonb_build_object('orders', r.ids));
  END LOOP;
END $$;
