-- Puts addresses on a presale's list; returns how many were new.
CREATE OR REPLACE FUNCTION list_access_emails(p jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid := (p ->> 'eventId')::uuid;
  v_window text := p ->> 'windowKey';
  v_after integer;
  v_count integer;
BEGIN
  PERFORM guard_tx();
  INSERT INTO access_list (event_id, email, window_key)
  SELECT DISTINCT v_event, lower(e), v_window FROM jsonb_array_elements_text(p -> 'emails') e
  WHERE event_in_scope(v_event) ORDER BY 2
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
