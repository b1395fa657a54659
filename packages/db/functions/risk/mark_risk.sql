-- {accountId, state, reason, actor}: sets the mark and its audit entry together; no row when there is no such account.
CREATE OR REPLACE FUNCTION mark_risk(p jsonb) RETURNS SETOF risk_mark LANGUAGE plpgsql AS $$
DECLARE
  v_account uuid := (p ->> 'accountId')::uuid;
  v risk_mark;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM account WHERE id = v_account;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO risk_mark (account_id, state, reason, marked_by, marked_at)
  VALUES (v_account, p ->> 'state', p ->> 'reason', p ->> 'actor', clock_timestamp())
  ON CONFLICT (account_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, marked_by = excluded.marked_by,
    marked_at = excluded.marked_at
  RETURNING * INTO v;
  PERFORM audit_append(v_account, p ->> 'actor', 'account.' || (p ->> 'state'), jsonb_build_object('reason', p ->> 'reason'));
  RETURN NEXT v;
END $$;
