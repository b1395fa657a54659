-- Sets the mark and its audit entry together; no row when there is no such account.
CREATE OR REPLACE FUNCTION mark_risk(p_account uuid, p_state text, p_reason text, p_by text) RETURNS SETOF risk_mark
LANGUAGE plpgsql AS $$
DECLARE
  v risk_mark;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM account WHERE id = p_account;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO risk_mark (account_id, state, reason, marked_by, marked_at)
  VALUES (p_account, p_state, p_reason, p_by, clock_timestamp())
  ON CONFLICT (account_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, marked_by = excluded.marked_by,
    marked_at = excluded.marked_at
  RETURNING * INTO v;
  PERFORM audit_append(p_account, p_by, 'account.' || p_state, jsonb_build_object('reason', p_reason));
  RETURN NEXT v;
END $$;
