-- Adds the next version of a price list that was made from `version` and puts it in force: {id, version, list, actor}.
-- Returns {kind: published, version} | {kind: stale, version, changes} | {kind: not_found}.
CREATE OR REPLACE FUNCTION publish_prices(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_old integer := (p ->> 'version')::integer;
  v_version integer;
  v_now integer;
  v_list jsonb := p -> 'list';
  v_hash text := encode(sha256(convert_to((p -> 'list')::text, 'UTF8')), 'hex');
  v_before text;
  v_stale jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT price_version INTO v_now FROM event WHERE id = v_id AND event_in_scope(id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  v_stale := stale_since(v_now, v_old, v_id, '{prices.published}');
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  UPDATE event SET price_version = price_version + 1 WHERE id = v_id RETURNING price_version INTO v_version;
  SELECT hash INTO v_before FROM event_price_list WHERE event_id = v_id AND version = v_old;
  INSERT INTO event_price_list (event_id, version, list, hash, created_by)
  VALUES (v_id, v_version, v_list, v_hash, p ->> 'actor');
  -- Both lists stay for good in event_price_list; the entry says which they are.
  PERFORM audit_append(v_id, p ->> 'actor', 'prices.published', jsonb_build_object('version', v_version, 'hash', v_hash,
    'before', CASE WHEN v_old > 0 THEN jsonb_build_object('version', v_old, 'hash', v_before) END,
    'after', jsonb_build_object('version', v_version, 'hash', v_hash)));
  RETURN jsonb_build_object('kind', 'published', 'version', v_version);
END $$;
