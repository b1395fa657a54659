-- Picks up to p_limit unpaid orders that are older than p_older_ms and within their time and that wait for their provider, not
-- for their fan, least recently asked about first, and notes that they are being asked about now; two workers get different
-- ones. Orders in that state are few at any time, so order_overdue finds them and they are sorted here.
CREATE OR REPLACE FUNCTION take_unpaid(p_older_ms integer, p_limit integer) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  RETURN QUERY
    UPDATE orders SET asked_at = clock_timestamp()
    WHERE id IN (
      SELECT o.id FROM orders o
      WHERE o.state = 'awaiting_payment' AND o.pay_by > clock_timestamp()
        AND o.created_at <= clock_timestamp() - p_older_ms * interval '1 millisecond'
        AND NOT EXISTS (SELECT FROM parked_order k WHERE k.order_id = o.id)
        AND (o.total_minor = 0 OR EXISTS (
          SELECT FROM payment p WHERE p.order_id = o.id AND p.state NOT IN ('declined', 'voided')))
      ORDER BY coalesce(o.asked_at, o.created_at) LIMIT p_limit FOR NO KEY UPDATE SKIP LOCKED)
    RETURNING id;
END $$;
