-- Ends one event that is over and returns its id; null: there is none. One per statement, so that no two chains of the
-- audit are locked at once.
CREATE OR REPLACE FUNCTION end_event_over() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_from text;
BEGIN
  PERFORM guard_tx();
  SELECT id, state INTO v_id, v_from FROM event
  WHERE state IN ('published', 'on_sale', 'paused', 'sold_out') AND over_at <= clock_timestamp()
  ORDER BY over_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
  IF FOUND THEN
    UPDATE event SET state = 'ended' WHERE id = v_id;
    PERFORM audit_append(v_id, 'system:worker', 'event.moved',
      jsonb_build_object('from', v_from, 'to', 'ended', 'reason', 'it is over'));
  END IF;
  RETURN v_id;
END $$;
