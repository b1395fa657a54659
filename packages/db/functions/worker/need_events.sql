-- Ends the transaction of a stage whose worker does not own the events any more: `p_owned` is [{eventId, fence}] as own_events gave
-- it, or null for a caller who works without a lease. Whoever takes an event over waits for the transactions that hold it.
CREATE OR REPLACE FUNCTION need_events(p_owned jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_held integer;
BEGIN
  IF p_owned IS NULL THEN
    RETURN;
  END IF;
  SELECT count(*) INTO v_held FROM (
    SELECT FROM event_owner o JOIN jsonb_to_recordset(p_owned) w ("eventId" uuid, fence bigint)
      ON w."eventId" = o.event_id AND w.fence = o.fence
    WHERE o.worker IS NOT NULL
    ORDER BY o.event_id FOR SHARE OF o) held;
  IF v_held < jsonb_array_length(p_owned) THEN
    RAISE EXCEPTION 'another worker owns the event now' USING ERRCODE = 'ON003';
  END IF;
END $$;
