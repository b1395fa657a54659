-- {id, accountId, device, fanMs, staffMs, passwordHash?}: when it ends; NULL where the account is gone or disabled, or has
-- another password by now. The account's row is locked, so a role, a password or a ban that is changed at the same moment is
-- either seen here or ends this session.
CREATE OR REPLACE FUNCTION open_session(p jsonb) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  a account;
  v_now timestamptz := clock_timestamp();
  v_ends timestamptz;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO a FROM account WHERE id = (p ->> 'accountId')::uuid FOR SHARE;
  IF NOT FOUND OR a.disabled_at IS NOT NULL
     OR p ? 'passwordHash' AND a.password_hash IS DISTINCT FROM p ->> 'passwordHash' THEN
    RETURN NULL;
  END IF;
  v_ends := v_now + (CASE
    WHEN a.role = 'fan' AND NOT EXISTS (SELECT FROM organization_member m WHERE m.account_id = a.id) THEN p ->> 'fanMs'
    ELSE p ->> 'staffMs' END)::bigint * interval '1 millisecond';
  INSERT INTO session (id, account_id, device, created_at, seen_at, ends_at)
  VALUES ((p ->> 'id')::uuid, a.id, p ->> 'device', v_now, v_now, v_ends);
  RETURN v_ends;
END $$;
