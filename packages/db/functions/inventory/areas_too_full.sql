-- Locks the pools that the drafts need, in one order for everybody, and returns the verdicts of those that do not fit any
-- more behind the earlier ones; null when all fit. A large order that does not fit leaves its places to smaller ones.
CREATE OR REPLACE FUNCTION areas_too_full(drafts order_draft[]) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_left jsonb := '{}';
  v_full integer[];
  v_lost jsonb;
  v_key text;
  r record;
  i integer;
BEGIN
  FOR r IN
    SELECT p.event_id, p.area_no, p.capacity - p.claimed - p.sold AS places FROM ga_pool p
    WHERE EXISTS (SELECT FROM unnest(drafts) d WHERE d.event_id = p.event_id AND p.area_no = ANY (d.area_nos))
    ORDER BY p.event_id, p.area_no FOR NO KEY UPDATE
  LOOP
    v_left := v_left || jsonb_build_object(r.event_id || ':' || r.area_no, r.places);
  END LOOP;
  FOR r IN SELECT d.ord, d.id, d.event_id, d.area_nos, d.area_counts FROM unnest(drafts) d ORDER BY d.ord LOOP
    v_full := '{}';
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      IF coalesce((v_left ->> (r.event_id || ':' || r.area_nos[i]))::integer, 0) < r.area_counts[i] THEN
        v_full := v_full || r.area_nos[i];
      END IF;
    END LOOP;
    IF cardinality(v_full) > 0 THEN
      v_lost := coalesce(v_lost, '[]') || jsonb_build_object(
        'ord', r.ord, 'kind', 'area_full', 'orderId', r.id, 'areaNos', v_full);
      CONTINUE;
    END IF;
    FOR i IN 1 .. cardinality(r.area_nos) LOOP
      v_key := r.event_id || ':' || r.area_nos[i];
      v_left := jsonb_set(v_left, ARRAY[v_key], to_jsonb((v_left ->> v_key)::integer - r.area_counts[i]));
    END LOOP;
  END LOOP;
  RETURN v_lost;
END $$;
