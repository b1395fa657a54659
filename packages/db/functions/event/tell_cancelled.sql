-- One mail for each order of a cancelled event that was paid, or open at the time: {eventId, at, after, limit}. `after` is
-- the last order that was looked at, {at, id}, or null; where more may follow, the job for them is written along.
CREATE OR REPLACE FUNCTION tell_cancelled(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
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
