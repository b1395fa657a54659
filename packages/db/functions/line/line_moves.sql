-- LINE_NEXT of core/line/line.ts, what a line may no longer change once its lobby was open, and that a draw is whole.
CREATE OR REPLACE FUNCTION line_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_numbered integer;
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'closed>lobby', 'lobby>drawing', 'lobby>closed', 'drawing>open', 'drawing>closed',
    'open>paused', 'open>draining', 'open>closed',
    'paused>open', 'paused>draining', 'paused>closed',
    'draining>open', 'draining>paused', 'draining>closed'])
    OR old.state = 'closed' AND old.opened_at IS NOT NULL) THEN
    RAISE EXCEPTION 'line cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'line_moves';
  END IF;
  IF (new.id, new.line_no, new.event_id) IS DISTINCT FROM (old.id, old.line_no, old.event_id)
    OR old.opened_at IS NOT NULL AND (new.window_key, new.lobby_opens_at, new.draws_at, new.one_per,
      new.require_verified_email, new.public_value_source, new.pass_ttl_ms, new.pass_max_ms, new.grace_ms, new.opened_at,
      new.commitment) IS DISTINCT FROM (old.window_key, old.lobby_opens_at, old.draws_at, old.one_per,
      old.require_verified_email, old.public_value_source, old.pass_ttl_ms, old.pass_max_ms, old.grace_ms, old.opened_at,
      old.commitment)
    OR old.entries_root IS NOT NULL AND new.entries_root IS DISTINCT FROM old.entries_root
    OR old.public_value IS NOT NULL AND new.public_value IS DISTINCT FROM old.public_value
    OR old.seed IS NOT NULL AND new.seed IS DISTINCT FROM old.seed
    OR old.drawn IS NOT NULL AND new.drawn IS DISTINCT FROM old.drawn
    OR new.last_number < old.last_number THEN
    RAISE EXCEPTION 'this is fixed once the lobby was open' USING ERRCODE = '23514', CONSTRAINT = 'line_fixed';
  END IF;
  IF new.seed IS NOT NULL AND old.seed IS NULL THEN
    SELECT count(*) INTO v_numbered FROM line_entry WHERE line_no = new.line_no AND number BETWEEN 1 AND new.drawn;
    IF v_numbered <> new.drawn THEN
      RAISE EXCEPTION '% of % entries of the draw have a number', v_numbered, new.drawn
        USING ERRCODE = '23514', CONSTRAINT = 'line_all_drawn';
    END IF;
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER line_moves BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION line_moves();
