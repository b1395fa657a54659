-- 0016 password and sign-up: passwords set anew by mail, and sign-ups that become accounts by the code in their mail.

-- Passwords set anew -----------------------------------------------------------------------------------------------------

-- Only the hash of what the mail says is here; it follows from `id` under a key that this database does not have.
CREATE TABLE password_reset (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT password_reset_account_known REFERENCES account (id) ON DELETE CASCADE,
  token_hash bytea NOT NULL CONSTRAINT password_reset_token_once UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX password_reset_live ON password_reset (account_id) WHERE used_at IS NULL;

-- {id, accountId, tokenHash (hex), ttlMs, liveMax}: may the mail go out? False for a disabled account, and where as many links
-- as `liveMax` are good already: somebody who asks again and again fills no mailbox, and takes no link from its owner.
CREATE FUNCTION start_password_reset(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_account uuid := (p ->> 'accountId')::uuid;
BEGIN
  PERFORM FROM account WHERE id = v_account AND disabled_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF EXISTS (SELECT FROM password_reset WHERE id = v_id) THEN
    RETURN EXISTS (SELECT FROM password_reset WHERE id = v_id AND used_at IS NULL AND expires_at > clock_timestamp());
  END IF;
  IF (SELECT count(*) FROM password_reset
      WHERE account_id = v_account AND used_at IS NULL AND expires_at > clock_timestamp()) >= (p ->> 'liveMax')::integer THEN
    RETURN false;
  END IF;
  INSERT INTO password_reset (id, account_id, token_hash, expires_at)
  VALUES (v_id, v_account, decode(p ->> 'tokenHash', 'hex'),
    clock_timestamp() + (p ->> 'ttlMs')::bigint * interval '1 millisecond');
  RETURN true;
END $$;

-- What a changed password brings with it: older links are worth nothing, and the owner hears of it.
CREATE FUNCTION password_was_set(p_account uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE password_reset SET used_at = clock_timestamp() WHERE account_id = p_account AND used_at IS NULL;
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.password_set', 'mail.password_set:' || gen_random_uuid(), jsonb_build_object('accountId', p_account));
END $$;

-- Sets the password by a link, once: who the account is, or NULL where the link is unknown, used or too old. Its mailbox is
-- proven with it, and every session of before ends (account_ends_sessions).
CREATE FUNCTION use_password_reset(p_hash bytea, p_password text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_account uuid;
BEGIN
  UPDATE password_reset r SET used_at = clock_timestamp()
  FROM account a
  WHERE r.token_hash = p_hash AND r.used_at IS NULL AND r.expires_at > clock_timestamp()
    AND a.id = r.account_id AND a.disabled_at IS NULL
  RETURNING r.account_id INTO v_account;
  IF v_account IS NULL THEN
    RETURN NULL;
  END IF;
  UPDATE account SET password_hash = p_password, email_verified_at = coalesce(email_verified_at, clock_timestamp())
  WHERE id = v_account;
  PERFORM password_was_set(v_account);
  RETURN v_account;
END $$;

CREATE OR REPLACE FUNCTION change_password(p_account uuid, p_old text, p_new text, p_keep uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.kept_session', coalesce(p_keep::text, ''), true);
  UPDATE account SET password_hash = p_new WHERE id = p_account AND password_hash IS NOT DISTINCT FROM p_old;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM password_was_set(p_account);
  RETURN true;
END $$;

-- Sign-ups ---------------------------------------------------------------------------------------------------------------

-- Not an account yet, and the same row whether or not the address has one: what tells them apart is in the mail alone.
CREATE TABLE sign_up (
  id uuid PRIMARY KEY,
  email text NOT NULL CONSTRAINT sign_up_email_canonical CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[a-z0-9.-]+$'),
  name text NOT NULL
    CONSTRAINT sign_up_name_one_line CHECK (name !~ '[[:cntrl:]\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]'),
  password_hash text NOT NULL,
  tries integer NOT NULL DEFAULT 0 CONSTRAINT sign_up_within_tries CHECK (tries BETWEEN 0 AND 5),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_up_by_email ON sign_up (email, expires_at);

-- {id, email, name, passwordHash, ttlMs, liveMax}: 0, and its mail is in the outbox; or the milliseconds until the address has
-- room for one more. Looks at sign-ups alone, never at accounts.
CREATE FUNCTION start_sign_up(p jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_live integer;
  v_next timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('sign_up ' || (p ->> 'email'), 0));
  SELECT count(*), min(expires_at) INTO v_live, v_next FROM sign_up WHERE email = p ->> 'email' AND expires_at > v_now;
  IF v_live >= (p ->> 'liveMax')::integer THEN
    RETURN greatest(1, ceil(extract(epoch FROM v_next - v_now) * 1000));
  END IF;
  INSERT INTO sign_up (id, email, name, password_hash, expires_at)
  VALUES ((p ->> 'id')::uuid, p ->> 'email', p ->> 'name', p ->> 'passwordHash',
    v_now + (p ->> 'ttlMs')::bigint * interval '1 millisecond');
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.sign_up', 'mail.sign_up:' || (p ->> 'id'), jsonb_build_object('signUpId', p ->> 'id'));
  RETURN 0;
END $$;

-- Takes one of the five tries before anything is compared; how many are left, or NULL where none was.
CREATE FUNCTION take_sign_up_try(p_id uuid) RETURNS integer LANGUAGE sql AS $$
  UPDATE sign_up SET tries = tries + 1 WHERE id = p_id AND tries < 5 AND expires_at > clock_timestamp() RETURNING 5 - tries;
$$;

-- The sign-up becomes the account, its address confirmed. No row: it is gone. A broken account_email_once: the address got an
-- account meanwhile, and the sign-up stays what it was.
CREATE FUNCTION complete_sign_up(p_id uuid) RETURNS SETOF account LANGUAGE sql AS $$
  WITH done AS (DELETE FROM sign_up WHERE id = p_id AND expires_at > clock_timestamp() RETURNING *)
  INSERT INTO account (email, name, password_hash, role, email_verified_at)
  SELECT email, name, password_hash, 'fan', clock_timestamp() FROM done
  RETURNING *;
$$;
