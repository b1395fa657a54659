-- The root of the entries and, after it, the public value: facts of the draw that are written once, while drawing.
-- {lineId, entriesRoot | publicValue, actor}: whether it stands there now.
CREATE OR REPLACE FUNCTION set_draw_fact(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_root text := p ->> 'entriesRoot';
  v_value text := p ->> 'publicValue';
  v_line record;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_line FROM line WHERE id = (p ->> 'lineId')::uuid AND event_in_scope(event_id) FOR NO KEY UPDATE;
  IF v_line.entries_root = v_root OR v_line.public_value = v_value THEN
    RETURN true;
  END IF;
  IF v_line.state IS DISTINCT FROM 'drawing' OR v_root IS NOT NULL AND v_line.entries_root IS NOT NULL
    OR v_value IS NOT NULL AND (v_line.public_value IS NOT NULL OR v_line.public_value_source IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE line SET entries_root = coalesce(v_root, entries_root), public_value = coalesce(v_value, public_value)
  WHERE line_no = v_line.line_no;
  PERFORM audit_append(v_line.event_id, p ->> 'actor',
    CASE WHEN v_root IS NULL THEN 'line.public_value' ELSE 'line.entries_root' END,
    jsonb_strip_nulls(jsonb_build_object('line', v_line.id, 'entriesRoot', v_root, 'publicValue', v_value)));
  RETURN true;
END $$;
