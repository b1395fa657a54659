-- {lineId, levers, actor}: whether there is such a line. Levers that are not named stay as they are.
CREATE OR REPLACE FUNCTION pull_line_levers(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'lineId')::uuid;
  v_levers jsonb := p -> 'levers';
  v_before jsonb;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM line WHERE id = v_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  v_before := line_settings(v_id);
  UPDATE line SET cap = coalesce((v_levers ->> 'cap')::integer, cap),
    inflow_per_second = coalesce((v_levers ->> 'inflowPerSecond')::integer, inflow_per_second),
    pace_pct = coalesce((v_levers ->> 'pacePct')::integer, pace_pct),
    notice = coalesce(v_levers ->> 'notice', notice)
  WHERE id = v_id;
  PERFORM line_settings_changed(v_id, v_before, p ->> 'actor', 'line.levers');
  RETURN true;
END $$;
