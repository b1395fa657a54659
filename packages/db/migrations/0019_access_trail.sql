-- 0019 what a change of a presale's lists and codes left: each audit entry has how many there were before and are after.
--
-- Counts and not addresses: an entry of the audit can never be removed, an address must be.

-- As before (0009), with both counts of the window's codes that still let somebody in.
CREATE FUNCTION codes_open(p_event uuid, p_window text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM access_code
  WHERE event_id = p_event AND window_key = p_window AND revoked_at IS NULL AND uses < max_uses
$$;

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
  FROM jsonb_array_elements_text(p -> 'hashes') h;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_made',
    jsonb_build_object('window', v_window, 'batch', p ->> 'batchId', 'codes', v_count, 'usesEach', p -> 'maxUses',
      'before', jsonb_build_object('codes', v_before),
      'after', jsonb_build_object('codes', codes_open(v_event, v_window))));
  RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION revoke_access_codes(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_before integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  SELECT count(*) INTO v_before FROM access_code WHERE event_id = v_event AND revoked_at IS NULL;
  UPDATE access_code SET revoked_at = clock_timestamp()
  WHERE event_id = v_event AND revoked_at IS NULL
    AND (batch_id = (p ->> 'batchId')::uuid OR code_hash = decode(p ->> 'hash', 'hex'));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_revoked',
      jsonb_build_object('batch', p ->> 'batchId', 'codes', v_count,
        'before', jsonb_build_object('codes', v_before), 'after', jsonb_build_object('codes', v_before - v_count)));
  END IF;
  RETURN v_count;
END $$;

CREATE FUNCTION emails_listed(p_event uuid, p_window text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM access_list WHERE event_id = p_event AND window_key = p_window
$$;

CREATE OR REPLACE FUNCTION list_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_window text := p ->> 'windowKey';
  v_after integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  INSERT INTO access_list (event_id, email, window_key)
  SELECT DISTINCT v_event, lower(e), v_window FROM jsonb_array_elements_text(p -> 'emails') e ORDER BY 2
  ON CONFLICT (event_id, email, window_key) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    v_after := emails_listed(v_event, v_window);
    PERFORM audit_append(v_event, p ->> 'actor', 'access.emails_listed', jsonb_build_object('window', v_window,
      'emails', v_count, 'before', jsonb_build_object('emails', v_after - v_count),
      'after', jsonb_build_object('emails', v_after)));
  END IF;
  RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION unlist_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_window text := p ->> 'windowKey';
  v_after integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  DELETE FROM access_list WHERE event_id = v_event AND window_key = v_window
    AND email IN (SELECT lower(e) FROM jsonb_array_elements_text(p -> 'emails') e);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    v_after := emails_listed(v_event, v_window);
    PERFORM audit_append(v_event, p ->> 'actor', 'access.emails_unlisted', jsonb_build_object('window', v_window,
      'emails', v_count, 'before', jsonb_build_object('emails', v_after + v_count),
      'after', jsonb_build_object('emails', v_after)));
  END IF;
  RETURN v_count;
END $$;
