-- {lineId, actor}: "done", "fixed" once its lobby was open, or "not_found". The locks are those of move_line: who opens
-- the lobby at the same moment is before or after, never in between.
CREATE OR REPLACE FUNCTION remove_line(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_no integer;
  v_old record;
BEGIN
  PERFORM guard_tx();
  SELECT line_no INTO v_no FROM line WHERE id = (p ->> 'lineId')::uuid AND event_in_scope(event_id);
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  PERFORM pg_advisory_xact_lock(1818848869, v_no);
  SELECT * INTO v_old FROM line WHERE line_no = v_no FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  IF v_old.opened_at IS NOT NULL THEN
    RETURN 'fixed';
  END IF;
  DELETE FROM line WHERE line_no = v_no;
  PERFORM audit_append(v_old.event_id, p ->> 'actor', 'line.removed',
    jsonb_build_object('line', v_old.id, 'window', v_old.window_key));
  RETURN 'done';
END $$;
