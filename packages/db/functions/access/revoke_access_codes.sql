-- No new fan comes in by these codes from now on; who has access keeps it. Give a batch or the hash of one code.
CREATE OR REPLACE FUNCTION revoke_access_codes(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_before integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  SELECT count(*) INTO v_before FROM access_code WHERE event_id = v_event AND revoked_at IS NULL;
  UPDATE access_code SET revoked_at = clock_timestamp()
  WHERE event_id = v_event AND event_in_scope(v_event) AND revoked_at IS NULL
    AND (batch_id = (p ->> 'batchId')::uuid OR code_hash = decode(p ->> 'hash', 'hex'));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'access.codes_revoked',
      jsonb_build_object('batch', p ->> 'batchId', 'codes', v_count,
        'before', jsonb_build_object('codes', v_before), 'after', jsonb_build_object('codes', v_before - v_count)));
  END IF;
  RETURN v_count;
END $$;
