-- Locks the counters of the drafts' presales, in one order for everybody, and returns the verdicts of those that do not fit
-- any more behind the earlier ones; null when all fit. A large order that does not fit leaves its places to smaller ones.
CREATE OR REPLACE FUNCTION allotments_gone(drafts order_draft[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_left jsonb := '{}';
  v_lost jsonb;
  v_key text;
  r record;
BEGIN
  INSERT INTO window_allotment (event_id, window_key)
  SELECT DISTINCT d.event_id, d.window_key FROM unnest(drafts) d WHERE d.window_key IS NOT NULL ORDER BY 1, 2
  ON CONFLICT (event_id, window_key) DO NOTHING;
  FOR r IN
    SELECT a.event_id, a.window_key, a.allotment - a.taken AS places FROM window_allotment a
    WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = a.event_id AND d.window_key = a.window_key)
    ORDER BY a.event_id, a.window_key FOR NO KEY UPDATE
  LOOP
    v_left := v_left || jsonb_build_object(r.event_id || ':' || r.window_key, r.places);
  END LOOP;
  FOR r IN
    SELECT d.ord, d.id, d.event_id, d.window_key, d.item_count FROM unnest(drafts) d
    WHERE d.window_key IS NOT NULL ORDER BY d.ord
  LOOP
    v_key := r.event_id || ':' || r.window_key;
    CONTINUE WHEN v_left ->> v_key IS NULL;
    IF (v_left ->> v_key)::integer < r.item_count THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'allotment_gone', 'orderId', r.id, 'windowKey', r.window_key, 'left', v_left -> v_key);
    ELSE
      v_left := jsonb_set(v_left, ARRAY[v_key], to_jsonb((v_left ->> v_key)::integer - r.item_count));
    END IF;
  END LOOP;
  RETURN v_lost;
END $$;
