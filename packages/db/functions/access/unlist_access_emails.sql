-- Takes addresses off a presale's list; returns how many were on it. Who came in by the list before keeps access, as with
-- codes: {eventId, windowKey, emails, actor}.
CREATE OR REPLACE FUNCTION unlist_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_window text := p ->> 'windowKey';
  v_after integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  DELETE FROM access_list WHERE event_id = v_event AND event_in_scope(v_event) AND window_key = v_window
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
