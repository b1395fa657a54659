-- Off the list: "left", "offered" (the offer must be declined first) or "not_found".
CREATE OR REPLACE FUNCTION leave_waitlist(p_event uuid, p_account uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_state text;
BEGIN
  PERFORM guard_tx();
  SELECT id, state INTO v_id, v_state FROM waitlist_entry
  WHERE event_id = p_event AND account_id = p_account AND state <> 'over' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  IF v_state = 'offered' THEN
    RETURN 'offered';
  END IF;
  UPDATE waitlist_entry SET state = 'over', ended = 'left', ended_at = clock_timestamp() WHERE id = v_id;
  RETURN 'left';
END $$;
