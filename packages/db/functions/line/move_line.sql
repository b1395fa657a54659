-- Moves a line to `to` if it is in one of `from`: {lineId, version, from, to, actor, seed, commitment}, the last two to open
-- the lobby alone. Closing the lobby counts the entries of the draw; opening the line reveals the seed. Returns {kind: moved |
-- refused | not_found, from}, or {kind: stale, version, changes} where somebody changed or moved it since `version`; the clock
-- names none. A move is a new version.
CREATE OR REPLACE FUNCTION move_line(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_to text := p ->> 'to';
  v_no integer;
  v_drawn integer;
  v_old record;
  v_stale jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT line_no INTO v_no FROM line WHERE id = (p ->> 'lineId')::uuid AND event_in_scope(event_id);
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  PERFORM pg_advisory_xact_lock(1818848869, v_no);
  SELECT * INTO v_old FROM line WHERE line_no = v_no FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  v_stale := stale_line(v_old.id, (p ->> 'version')::integer);
  IF v_stale IS NOT NULL THEN
    RETURN v_stale;
  END IF;
  IF NOT p -> 'from' ? v_old.state OR v_old.finished_at IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'refused', 'from', v_old.state);
  END IF;
  IF v_to = 'lobby' THEN
    INSERT INTO line_seed (line_no, seed) VALUES (v_no, p ->> 'seed');
    IF encode(sha256(decode(p ->> 'seed', 'hex')), 'hex') IS DISTINCT FROM p ->> 'commitment' THEN
      RAISE EXCEPTION 'the commitment is not that of the seed'
        USING ERRCODE = '23514', CONSTRAINT = 'line_seed_as_committed';
    END IF;
    UPDATE line SET state = v_to, opened_at = clock_timestamp(), commitment = p ->> 'commitment' WHERE line_no = v_no;
  ELSIF v_to = 'drawing' THEN
    SELECT count(*) INTO v_drawn FROM line_entry WHERE line_no = v_no;
    UPDATE line SET state = v_to, drawn = v_drawn, last_number = v_drawn WHERE line_no = v_no;
  ELSIF v_to = 'open' AND v_old.state = 'drawing' THEN
    UPDATE line SET state = v_to, seed = s.seed FROM line_seed s WHERE line.line_no = v_no AND s.line_no = v_no;
  ELSE
    UPDATE line SET state = v_to, finished_at = CASE WHEN v_to = 'closed' THEN clock_timestamp() END WHERE line_no = v_no;
  END IF;
  UPDATE line SET settings_version = settings_version + 1 WHERE line_no = v_no;
  PERFORM audit_append(v_old.event_id, p ->> 'actor', 'line.moved', jsonb_strip_nulls(jsonb_build_object(
    'line', v_old.id, 'version', v_old.settings_version + 1, 'from', v_old.state, 'to', v_to,
    'commitment', p -> 'commitment', 'drawn', v_drawn, 'after', jsonb_build_object('state', v_to))));
  RETURN jsonb_build_object('kind', 'moved', 'from', v_old.state);
END $$;
