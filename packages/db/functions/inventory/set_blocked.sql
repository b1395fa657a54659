-- House seats: free -> blocked, or back. A seat that somebody has stays as it is. Returns the seats that changed.
CREATE OR REPLACE FUNCTION set_blocked(p jsonb) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'eventId')::uuid;
  v_block boolean := (p ->> 'blocked')::boolean;
  v_seats integer[] := ARRAY(SELECT DISTINCT s::integer FROM jsonb_array_elements_text(p -> 'seatNos') s ORDER BY 1);
  v_count integer;
  v_changed integer[];
BEGIN
  PERFORM guard_tx();
  SELECT l.seat_count INTO v_count FROM event e JOIN layout l ON l.id = e.layout_id WHERE e.id = v_id AND event_in_scope(e.id);
  IF EXISTS (SELECT FROM unnest(v_seats) s WHERE s < 0 OR s >= coalesce(v_count, 0)) THEN
    RAISE EXCEPTION 'event % has no such seat', v_id USING ERRCODE = '23514', CONSTRAINT = 'seat_known';
  END IF;
  IF v_block THEN
    WITH written AS (
      INSERT INTO seat_claim (event_id, seat_no, state) SELECT v_id, s, 'blocked' FROM unnest(v_seats) s ORDER BY s
      ON CONFLICT (event_id, seat_no) DO NOTHING RETURNING seat_no)
    SELECT coalesce(array_agg(seat_no ORDER BY seat_no), '{}') INTO v_changed FROM written;
  ELSE
    WITH removed AS (
      DELETE FROM seat_claim WHERE event_id = v_id AND seat_no = ANY (v_seats) AND state = 'blocked' RETURNING seat_no)
    SELECT coalesce(array_agg(seat_no ORDER BY seat_no), '{}') INTO v_changed FROM removed;
  END IF;
  IF cardinality(v_changed) > 0 THEN
    PERFORM audit_append(v_id, p ->> 'actor', CASE WHEN v_block THEN 'seats.blocked' ELSE 'seats.released' END,
      jsonb_build_object('seats', v_changed, 'reason', p ->> 'reason',
        'before', CASE WHEN v_block THEN 'free' ELSE 'blocked' END,
        'after', CASE WHEN v_block THEN 'blocked' ELSE 'free' END));
  END IF;
  RETURN v_changed;
END $$;
