-- Notes that nothing of an event is open any more, if so: no order that waits for its payment, and none of a cancelled
-- event that waits for its capture. False: something is, or it closed less than p_older_ms ago, so that a process may still
-- take orders by what it remembers of the event.
CREATE OR REPLACE FUNCTION mark_drained(p_id uuid, p_older_ms integer) RETURNS boolean LANGUAGE plpgsql AS $$
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
