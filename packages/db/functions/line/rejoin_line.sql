-- At the end again, for a fan who is not inside: NULL without such a fan or while the line takes nobody. p_seen is the
-- number that the caller judged; with another one by now nothing changes.
CREATE OR REPLACE FUNCTION rejoin_line(p_line uuid, p_account uuid, p_seen integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_line record;
  v_entry line_entry;
  v_next integer;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_line FROM line WHERE id = p_line FOR NO KEY UPDATE;
  IF v_line.state IS NULL OR v_line.state NOT IN ('open', 'paused') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO v_entry FROM line_entry WHERE line_no = v_line.line_no AND account_id = p_account FOR NO KEY UPDATE;
  IF NOT FOUND OR EXISTS (
    SELECT FROM line_pass WHERE line_no = v_line.line_no AND account_id = p_account AND ended IS NULL) THEN
    RETURN NULL;
  END IF;
  IF v_entry.number = coalesce(p_seen, v_entry.number) THEN
    UPDATE line SET last_number = last_number + 1 WHERE line_no = v_line.line_no RETURNING last_number INTO v_next;
    UPDATE line_entry SET number = v_next,
      drawn_as = coalesce(drawn_as, CASE WHEN number <= v_line.drawn THEN number END)
    WHERE line_no = v_line.line_no AND account_id = p_account RETURNING * INTO v_entry;
  END IF;
  RETURN line_place(v_entry);
END $$;
