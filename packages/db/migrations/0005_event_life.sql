-- 0005 what organizers do to an event, each with its audit entry in the same statement.

-- Blocks belong to the seat numbers of one layout.
CREATE FUNCTION event_layout_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  DELETE FROM seat_claim WHERE event_id = new.id AND state = 'blocked';
  RETURN NULL;
END $$;
CREATE TRIGGER event_layout_changed AFTER UPDATE OF layout_id ON event
  FOR EACH ROW WHEN (new.layout_id IS DISTINCT FROM old.layout_id) EXECUTE FUNCTION event_layout_changed();

-- Moves an event to `to` if it is in one of `from`. Publishing opens the pools of the layout's standing areas
-- ([{areaNo, capacity}]) and blocks its house seats. Returns {kind: moved | not_found | refused, from}; a layout that was
-- changed since the caller read it raises 40001.
CREATE FUNCTION move_event(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_to text := p ->> 'to';
  v_old event;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM event WHERE id = v_id FOR NO KEY UPDATE;
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
  PERFORM audit_append(v_id, p ->> 'actor', 'event.moved', jsonb_build_object('from', v_old.state, 'to', v_to));
  RETURN jsonb_build_object('kind', 'moved', 'from', v_old.state);
END $$;

-- Adds the next version of an event's price list and puts it in force; null when there is no such event.
CREATE FUNCTION publish_price_list(p_id uuid, p_list jsonb, p_actor text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_version integer;
  v_hash text := encode(sha256(convert_to(p_list::text, 'UTF8')), 'hex');
BEGIN
  PERFORM guard_tx();
  UPDATE event SET price_version = price_version + 1 WHERE id = p_id RETURNING price_version INTO v_version;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  INSERT INTO event_price_list (event_id, version, list, hash, created_by) VALUES (p_id, v_version, p_list, v_hash, p_actor);
  PERFORM audit_append(p_id, p_actor, 'prices.published', jsonb_build_object('version', v_version, 'hash', v_hash));
  RETURN v_version;
END $$;

-- House seats: free -> blocked, or back. A seat that somebody has stays as it is. Returns the seats that changed.
CREATE FUNCTION set_blocked(p jsonb) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'eventId')::uuid;
  v_seats integer[] := ARRAY(SELECT DISTINCT s::integer FROM jsonb_array_elements_text(p -> 'seatNos') s ORDER BY 1);
  v_count integer;
  v_changed integer[];
BEGIN
  PERFORM guard_tx();
  SELECT l.seat_count INTO v_count FROM event e JOIN layout l ON l.id = e.layout_id WHERE e.id = v_id;
  IF EXISTS (SELECT FROM unnest(v_seats) s WHERE s < 0 OR s >= coalesce(v_count, 0)) THEN
    RAISE EXCEPTION 'event % has no such seat', v_id USING ERRCODE = '23514', CONSTRAINT = 'seat_known';
  END IF;
  IF (p ->> 'blocked')::boolean THEN
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
    PERFORM audit_append(v_id, p ->> 'actor', CASE WHEN (p ->> 'blocked')::boolean THEN 'seats.blocked' ELSE 'seats.released' END,
      jsonb_build_object('seats', v_changed, 'reason', p ->> 'reason'));
  END IF;
  RETURN v_changed;
END $$;
