-- 0012 an address that was put on a presale's list by mistake.

-- Takes addresses off a presale's list; returns how many were on it. Who came in by the list before keeps access, as with
-- codes: {eventId, windowKey, emails, actor}.
CREATE FUNCTION unlist_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  DELETE FROM access_list WHERE event_id = v_event AND window_key = p ->> 'windowKey'
    AND email IN (SELECT lower(e) FROM jsonb_array_elements_text(p -> 'emails') e);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count > 0 THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'access.emails_unlisted',
      jsonb_build_object('window', p ->> 'windowKey', 'emails', v_count));
  END IF;
  RETURN v_count;
END $$;
