-- Moves an event to `to` if it is in one of `from`, with a reason where there is one. Publishing opens the pools of the
-- layout's standing areas ([{areaNo, capacity}]) and blocks its house seats; cancelling makes the work by which its holders
-- are told. Returns {kind: moved | not_found | refused, from}; a layout that was changed since the caller read it raises
-- 40001.
CREATE OR REPLACE FUNCTION move_event(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_to text := p ->> 'to';
  v_old event;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM event WHERE id = v_id AND event_in_scope(id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  IF NOT p -> 'from' ? v_old.state THEN
    RETURN jsonb_build_object('kind', 'refused', 'from', v_old.state);
  END IF;
  IF v_to = 'published' AND v_old.state = 'draft' THEN
    IF v_old.layout_id IS DISTINCT FROM (p ->> 'layoutId')::uuid THEN
      RAISE EXCEPTION 'the layout of event % changed meanwhile', v_id USING ERRCODE = '40001';
    END IF;
    DELETE FROM ga_pool WHERE event_id = v_id;
    INSERT INTO ga_pool (event_id, area_no, capacity)
    SELECT v_id, a."areaNo", a.capacity
    FROM jsonb_to_recordset(p -> 'areas') a ("areaNo" integer, capacity integer);
    INSERT INTO seat_claim (event_id, seat_no, state)
    SELECT v_id, s::integer, 'blocked' FROM jsonb_array_elements_text(p -> 'houseSeats') s
    ON CONFLICT (event_id, seat_no) DO NOTHING;
  END IF;
  UPDATE event SET state = v_to,
    published_at = CASE WHEN v_to = 'published' THEN coalesce(published_at, clock_timestamp()) ELSE published_at END
  WHERE id = v_id;
  IF v_to = 'cancelled' THEN
    INSERT INTO job (kind, effect, payload)
    VALUES ('event.cancelled', 'event.cancelled:' || v_id,
      jsonb_build_object('eventId', v_id, 'at', clock_timestamp(), 'after', NULL))
    ON CONFLICT (effect) DO NOTHING;
  END IF;
  PERFORM audit_append(v_id, p ->> 'actor', 'event.moved', jsonb_strip_nulls(jsonb_build_object(
    'from', v_old.state, 'to', v_to, 'reason', p ->> 'reason')));
  RETURN jsonb_build_object('kind', 'moved', 'from', v_old.state);
END $$;
