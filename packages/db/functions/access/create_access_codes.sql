-- Makes a batch of codes: {eventId, windowKey, batchId, maxUses, label, expiresAtMs, actor, hashes: [hex]}. Its audit entry
-- and those of the other changes of codes and lists have counts and no addresses: an entry of the audit can never be
-- removed, an address must be.
CREATE OR REPLACE FUNCTION create_access_codes(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_window text := p ->> 'windowKey';
  v_before integer := codes_open(v_event, v_window);
  v_count integer;
BEGIN
  PERFORM guard_tx();
  INSERT INTO access_code (code_hash, event_id, window_key, batch_id, kind, max_uses, label, expires_at, created_by)
  SELECT decode(h, 'hex'), v_event, v_window, (p ->> 'batchId')::uuid,
    CASE WHEN (p ->> 'maxUses')::integer = 1 THEN 'single' ELSE 'multi' END, (p ->> 'maxUses')::integer, p ->> 'label',
    to_timestamp((p ->> 'expiresAtMs')::bigint / 1000.0), p ->> 'actor'
  FROM jsonb_array_elements_text(p -> 'hashes') h WHERE event_in_scope(v_event);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count = 0 THEN
    RETURN 0;
  END IF;
  PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_made',
    jsonb_build_object('window', v_window, 'batch', p ->> 'batchId', 'codes', v_count, 'usesEach', p -> 'maxUses',
      'before', jsonb_build_object('codes', v_before),
      'after', jsonb_build_object('codes', codes_open(v_event, v_window))));
  RETURN v_count;
END $$;
