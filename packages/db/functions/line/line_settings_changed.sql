-- Counts and writes down what a change made of the settings `p_before`; nothing when they are as they were.
CREATE OR REPLACE FUNCTION line_settings_changed(p_line uuid, p_before jsonb, p_actor text, p_action text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_after jsonb := line_settings(p_line);
  v_event uuid;
  v_version integer;
BEGIN
  IF v_after = p_before THEN
    RETURN;
  END IF;
  UPDATE line SET settings_version = settings_version + 1 WHERE id = p_line
  RETURNING event_id, settings_version INTO v_event, v_version;
  PERFORM audit_append(v_event, p_actor, p_action, jsonb_build_object('line', p_line, 'version', v_version,
    'before', fields_changed(v_after, p_before), 'after', fields_changed(p_before, v_after)));
END $$;
