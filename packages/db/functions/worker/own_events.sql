-- Renews a worker's lease for `p_lease_ms` and shares the events `p_events` out: what it owned stays its own up to its share, what
-- is free, or belongs to a worker that is not heard any more, it takes up to that. Returns {owned: [{eventId, fence, taken}],
-- foreign: [eventId]}; `taken`: it has not had it before.
CREATE OR REPLACE FUNCTION own_events(p_worker text, p_events uuid[], p_lease_ms integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_share integer;
  v_kept uuid[];
  v_taken uuid[];
BEGIN
  PERFORM guard_tx();
  INSERT INTO worker_lease (worker, until) VALUES (p_worker, v_now + p_lease_ms * interval '1 millisecond')
  ON CONFLICT (worker) DO UPDATE SET until = excluded.until;
  DELETE FROM worker_lease WHERE until < v_now - interval '1 hour';
  SELECT ceil(cardinality(p_events)::numeric / count(*)) INTO v_share FROM worker_lease WHERE until > v_now;

  v_kept := ARRAY(SELECT event_id FROM event_owner WHERE worker = p_worker AND event_id = ANY (p_events)
    ORDER BY event_id LIMIT v_share);
  -- More than its share, or over: whoever waits for it takes it at its next beat.
  UPDATE event_owner SET worker = NULL WHERE worker = p_worker AND NOT event_id = ANY (v_kept);
  WITH free AS (
    SELECT e AS event_id FROM unnest(p_events) e LEFT JOIN event_owner o ON o.event_id = e
    WHERE NOT e = ANY (v_kept) AND (o.worker IS NULL
      OR NOT EXISTS (SELECT FROM worker_lease l WHERE l.worker = o.worker AND l.until > v_now))
    ORDER BY e LIMIT v_share - cardinality(v_kept)),
  taken AS (
    INSERT INTO event_owner AS o (event_id, worker, fence) SELECT event_id, p_worker, 1 FROM free
    ON CONFLICT (event_id) DO UPDATE SET worker = p_worker, fence = o.fence + 1
      -- Somebody else was faster.
      WHERE o.worker IS NULL
        OR NOT EXISTS (SELECT FROM worker_lease l WHERE l.worker = o.worker AND l.until > v_now)
    RETURNING o.event_id)
  SELECT array_agg(event_id) INTO v_taken FROM taken;

  RETURN jsonb_build_object(
    'owned', (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'eventId', o.event_id, 'fence', o.fence, 'taken', o.event_id = ANY (coalesce(v_taken, '{}')))), '[]')
      FROM event_owner o WHERE o.worker = p_worker),
    'foreign', (SELECT coalesce(jsonb_agg(o.event_id), '[]') FROM event_owner o JOIN worker_lease l ON l.worker = o.worker
      WHERE o.worker <> p_worker AND l.until > v_now AND o.event_id = ANY (p_events)));
END $$;
