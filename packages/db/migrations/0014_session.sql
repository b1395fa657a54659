-- 0014 session: who is signed in where, until when, and what ends it. An account can be disabled.

ALTER TABLE account ADD COLUMN disabled_at timestamptz;
-- Sessions are rows now; nothing is ended by counting up any more.
ALTER TABLE account DROP COLUMN session_version;

CREATE TABLE session (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT session_account_known REFERENCES account (id) ON DELETE CASCADE,
  device text NOT NULL CHECK (length(device) BETWEEN 1 AND 100),
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- Over before its time, and by what: signed_out, elsewhere, password, role, disabled.
  ended_at timestamptz,
  ended_by text,
  CONSTRAINT session_ends_in_time CHECK (ends_at > created_at AND ends_at <= created_at + interval '720 hours'),
  CONSTRAINT session_ended_by_known CHECK (
    (ended_at IS NULL AND ended_by IS NULL)
    OR (ended_at IS NOT NULL AND ended_by IN ('signed_out', 'elsewhere', 'password', 'role', 'disabled')))
);
CREATE INDEX session_by_account ON session (account_id, created_at DESC);
CREATE INDEX session_ended_lately ON session (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX session_by_end ON session (ends_at);

-- What is over stays over, and no session is made longer, whoever writes.
CREATE FUNCTION session_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.account_id, new.device, new.created_at, new.ends_at)
     IS DISTINCT FROM (old.id, old.account_id, old.device, old.created_at, old.ends_at)
     OR old.ended_at IS NOT NULL AND (new.ended_at, new.ended_by) IS DISTINCT FROM (old.ended_at, old.ended_by) THEN
    RAISE EXCEPTION 'a session only ends' USING ERRCODE = '23514', CONSTRAINT = 'session_only_ends';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER session_only_ends BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION session_only_ends();

-- {id, accountId, device, fanMs, staffMs, passwordHash?}: when it ends; NULL where the account is gone or disabled, or has
-- another password by now. The account's row is locked, so a role, a password or a ban that is changed at the same moment is
-- either seen here or ends this session.
CREATE FUNCTION open_session(p jsonb) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  a account;
  v_now timestamptz := clock_timestamp();
  v_ends timestamptz;
BEGIN
  SELECT * INTO a FROM account WHERE id = (p ->> 'accountId')::uuid FOR SHARE;
  IF NOT FOUND OR a.disabled_at IS NOT NULL
     OR p ? 'passwordHash' AND a.password_hash IS DISTINCT FROM p ->> 'passwordHash' THEN
    RETURN NULL;
  END IF;
  v_ends := v_now + (CASE a.role WHEN 'fan' THEN p ->> 'fanMs' ELSE p ->> 'staffMs' END)::bigint * interval '1 millisecond';
  INSERT INTO session (id, account_id, device, created_at, seen_at, ends_at)
  VALUES ((p ->> 'id')::uuid, a.id, p ->> 'device', v_now, v_now, v_ends);
  RETURN v_ends;
END $$;

-- A new password, another role and a disabled account end the sessions of before, through whatever door the change came.
-- `app.kept_session` names the one in which a fan changes their own password.
CREATE FUNCTION account_ends_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE session SET ended_at = clock_timestamp(), ended_by = CASE
    WHEN new.disabled_at IS NOT NULL AND old.disabled_at IS NULL THEN 'disabled'
    WHEN new.role <> old.role THEN 'role'
    ELSE 'password' END
  WHERE account_id = new.id AND ended_at IS NULL
    AND (new.role <> old.role OR new.disabled_at IS DISTINCT FROM old.disabled_at
         OR id::text IS DISTINCT FROM current_setting('app.kept_session', true));
  RETURN NULL;
END $$;
CREATE TRIGGER account_ends_sessions AFTER UPDATE OF role, password_hash, disabled_at ON account FOR EACH ROW
  WHEN (old.role IS DISTINCT FROM new.role OR old.password_hash IS DISTINCT FROM new.password_hash
        OR (old.disabled_at IS NULL AND new.disabled_at IS NOT NULL))
  EXECUTE FUNCTION account_ends_sessions();

-- Sets a password where the old one is still `p_old`; false: somebody was faster. `p_keep`: the session that goes on.
CREATE FUNCTION change_password(p_account uuid, p_old text, p_new text, p_keep uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.kept_session', coalesce(p_keep::text, ''), true);
  UPDATE account SET password_hash = p_new WHERE id = p_account AND password_hash IS NOT DISTINCT FROM p_old;
  RETURN FOUND;
END $$;
