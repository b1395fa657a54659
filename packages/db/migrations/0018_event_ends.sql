-- 0018 the addresses and the end of an event: an old address leads to the event that had it, an event that is over ends by
-- itself, and whoever has a ticket or an open order hears that it is cancelled.

-- Addresses --------------------------------------------------------------------------------------------------------------

-- Every slug that the public may know of an event, the one in force among them. One event each, for good: a link that was
-- printed once must never lead to somebody else's evening.
CREATE TABLE event_address (
  slug text CONSTRAINT event_address_once PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES event (id)
);
CREATE INDEX event_address_by_event ON event_address (event_id);
INSERT INTO event_address (slug, event_id) SELECT slug, id FROM event;

CREATE FUNCTION event_addressed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A name that was never public is free again.
  IF TG_OP = 'UPDATE' AND old.published_at IS NULL THEN
    DELETE FROM event_address WHERE slug = old.slug AND event_id = old.id;
  END IF;
  INSERT INTO event_address (slug, event_id) VALUES (new.slug, new.id) ON CONFLICT (slug) DO NOTHING;
  IF NOT EXISTS (SELECT FROM event_address WHERE slug = new.slug AND event_id = new.id) THEN
    RAISE EXCEPTION 'another event has or had the address %', new.slug
      USING ERRCODE = '23505', CONSTRAINT = 'event_slug_once';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER event_addressed AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_addressed();
CREATE TRIGGER event_readdressed AFTER UPDATE OF slug ON event FOR EACH ROW WHEN (new.slug <> old.slug)
  EXECUTE FUNCTION event_addressed();

-- Moves ------------------------------------------------------------------------------------------------------------------

-- As before (0005), with a reason, and with the work that a cancellation makes: its holders are told.
CREATE OR REPLACE FUNCTION move_event(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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

-- Ends one event that is over and returns its id; null: there is none. One per statement, so that no two chains of the
-- audit are locked at once.
CREATE FUNCTION end_event_over() RETURNS uuid LANGUAGE plpgsql AS $$
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
    PERFORM audit_append(v_id, 'system', 'event.moved',
      jsonb_build_object('from', v_from, 'to', 'ended', 'reason', 'it is over'));
  END IF;
  RETURN v_id;
END $$;

-- Cancellations ----------------------------------------------------------------------------------------------------------

-- One mail for each order of a cancelled event that was paid, or open at the time: {eventId, at, after, limit}. `after` is
-- the last order that was looked at, {at, id}, or null; where more may follow, the job for them is written along.
CREATE FUNCTION tell_cancelled(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_at timestamptz := (p ->> 'at')::timestamptz;
  v_limit integer := (p ->> 'limit')::integer;
  v_ids uuid[];
  v_last orders;
BEGIN
  PERFORM guard_tx();
  v_ids := ARRAY(
    SELECT o.id FROM orders o
    WHERE o.event_id = v_event AND o.created_at <= v_at
      AND (o.state IN ('awaiting_payment', 'committed', 'paid') OR o.ended_at >= v_at)
      AND (jsonb_typeof(p -> 'after') IS DISTINCT FROM 'object'
        OR (o.created_at, o.id) > ((p -> 'after' ->> 'at')::timestamptz, (p -> 'after' ->> 'id')::uuid))
    ORDER BY o.created_at, o.id LIMIT v_limit);
  -- An open order ends within seconds; its mail says how it ended, so it waits a little.
  INSERT INTO job (kind, effect, payload, run_at)
  SELECT 'mail.event_cancelled', 'mail.event_cancelled:' || o.id, jsonb_build_object('orderId', o.id),
    clock_timestamp() + CASE WHEN o.state IN ('awaiting_payment', 'committed') THEN interval '15 seconds' ELSE '0' END
  FROM orders o WHERE o.id = ANY (v_ids) ORDER BY o.created_at, o.id
  ON CONFLICT (effect) DO NOTHING;
  IF cardinality(v_ids) = v_limit THEN
    SELECT * INTO v_last FROM orders WHERE id = v_ids[v_limit];
    INSERT INTO job (kind, effect, payload)
    VALUES ('event.cancelled', 'event.cancelled:' || v_event || ':' || v_last.id,
      jsonb_build_object('eventId', v_event, 'at', v_at,
        'after', jsonb_build_object('at', v_last.created_at, 'id', v_last.id)))
    ON CONFLICT (effect) DO NOTHING;
  END IF;
  RETURN cardinality(v_ids);
END $$;
