-- {lineId, version, levers, actor}: {kind: "done" | "not_found"} or, where somebody changed or moved the line since `version`,
-- {kind: stale, version, changes}. Levers that are not named stay as they are.
CREATE OR REPLACE FUNCTION pull_line_levers(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'lineId')::uuid;
  v_levers jsonb := p -> 'levers';
  v_stale jsonb;
  v_before jsonb;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM line WHERE id = v_id AND event_in_scope(event_id) FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  v_stale := stale_line(v_id, (p ->> 'version')::integer);
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  v_before := line_settings(v_id);
  UPDATE line SET cap = coalesce((v_levers ->> 'cap')::integer, cap),
    inflow_per_second = coalesce((v_levers ->> 'inflowPerSecond')::integer, inflow_per_second),
    pace_pct = coalesce((v_levers ->> 'pacePct')::integer, pace_pct),
    notice = coalesce(v_levers ->> 'notice', notice)
  WHERE id = v_id;
  PERFORM line_settings_changed(v_id, v_before, p ->> 'actor', 'line.levers');
  RETURN jsonb_build_object('kind', 'done');
END $$;
