-- {id, accountId, tokenHash (hex), ttlMs, liveMax}: may the mail go out? False for a disabled account, and where as many links
-- as `liveMax` are good already: somebody who asks again and again fills no mailbox, and takes no link from its owner.
CREATE OR REPLACE FUNCTION start_password_reset(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_account uuid := (p ->> 'accountId')::uuid;
BEGIN
  PERFORM guard_tx();
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
