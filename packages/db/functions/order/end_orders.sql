-- Ends orders that are still awaiting payment: their own claims, quota, places and allotment go back. An order whose money
-- was captured is left alone: it must become a ticket or a refund. To 'failed' also an order whose seats were sold to it
-- when every payment of it was voided or declined: its seats go back as well. Returns [{eventId, holdId}] of the orders
-- that it ended.
CREATE OR REPLACE FUNCTION end_orders(p_ids uuid[], p_to text, p_reason text) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_due uuid[];
  v_events uuid[];
  v_seats integer[];
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
  WITH own AS MATERIALIZED (
    SELECT o.id, o.event_id, s.seat_no FROM orders o CROSS JOIN unnest(o.seat_nos) s (seat_no) WHERE o.id = ANY (v_due))
  SELECT array_agg(c.event_id), array_agg(c.seat_no) INTO v_events, v_seats FROM (
    SELECT c.event_id, c.seat_no FROM own JOIN seat_claim c ON c.event_id = own.event_id AND c.seat_no = own.seat_no
    WHERE c.order_id = own.id AND c.state IN ('claimed', 'sold')
    ORDER BY c.event_id, c.seat_no FOR UPDATE OF c) c;
  DELETE FROM seat_claim c USING unnest(v_events, v_seats) own (event_id, seat_no)
  WHERE c.event_id = own.event_id AND c.seat_no = own.seat_no;

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
    PERFORM audit_append(r.event_id, 'system:order-writer', 'order.' || p_to,
      jsonb_build_object('orders', r.ids, 'reason', p_reason));
  END LOOP;
  RETURN v_out;
END $$;
