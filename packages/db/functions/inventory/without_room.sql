-- Locks the pools of standing areas and then the counters of presales that the drafts need, each in one order for everybody,
-- and returns the verdicts of those that do not fit any more behind the earlier ones; null when all fit. Both are asked in
-- one look, because a draft that loses by one of them takes nothing of the other from those behind it. A large order that
-- does not fit leaves its places to smaller ones.
CREATE OR REPLACE FUNCTION without_room(drafts order_draft[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  -- Places by area and by presale; no entry, or null, for a presale without an allotment.
  v_left jsonb := '{}';
  v_full integer[];
  v_window text;
  v_lost jsonb;
  v_key text;
  r record;
  i integer;
BEGIN
  IF EXISTS (SELECT FROM unnest(drafts) d WHERE cardinality(d.area_nos) > 0) THEN
    FOR r IN
      SELECT p.event_id, p.area_no, p.capacity - p.claimed - p.sold AS places FROM ga_pool p
      WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = p.event_id AND p.area_no = ANY (d.area_nos))
      ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE
    LOOP
      v_left := v_left || jsonb_build_object(r.event_id || ' area ' || r.area_no, r.places);
    END LOOP;
  END IF;
  IF EXISTS (SELECT FROM unnest(drafts) d WHERE d.window_key IS NOT NULL) THEN
    INSERT INTO window_allotment (event_id, window_key)
    SELECT DISTINCT d.event_id, d.window_key FROM unnest(drafts) d WHERE d.window_key IS NOT NULL ORDER BY 1, 2
    ON CONFLICT (event_id, window_key) DO NOTHING;
    FOR r IN
      SELECT a.event_id, a.window_key, a.allotment - a.taken AS places FROM window_allotment a
      WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = a.event_id AND d.window_key = a.window_key)
      ORDER BY a.event_id, a.window_key FOR NO KEY UPDATE
    LOOP
      v_left := v_left || jsonb_build_object(r.event_id || ' window ' || r.window_key, r.places);
    END LOOP;
  END IF;
  FOR r IN
    SELECT d.ord, d.id, d.event_id, d.area_nos, d.area_counts, d.window_key, d.item_count FROM unnest(drafts) d
    ORDER BY d.ord
  LOOP
    v_window := r.event_id || ' window ' || r.window_key;
    v_full := '{}';
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      IF coalesce((v_left ->> (r.event_id || ' area ' || r.area_nos[i]))::integer, 0) < r.area_counts[i] THEN
        v_full := v_full || r.area_nos[i];
      END IF;
    END LOOP;
    IF cardinality(v_full) > 0 THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'area_full', 'orderId', r.id, 'areaNos', v_full);
      CONTINUE;
    END IF;
    IF (v_left ->> v_window)::integer < r.item_count THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'allotment_gone', 'orderId', r.id, 'windowKey', r.window_key, 'left', v_left -> v_window);
      CONTINUE;
    END IF;
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      v_key := r.event_id || ' area ' || r.area_nos[i];
      v_left := jsonb_set(v_left, ARRAY[v_key], to_jsonb((v_left ->> v_key)::integer - r.area_counts[i]));
    END LOOP;
    IF v_left ->> v_window IS NOT NULL THEN
      v_left := jsonb_set(v_left, ARRAY[v_window], to_jsonb((v_left ->> v_window)::integer - r.item_count));
    END IF;
  END LOOP;
  RETURN v_lost;
END $$;
