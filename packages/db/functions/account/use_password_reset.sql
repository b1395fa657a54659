-- Sets the password by a link, once: who the account is, or NULL where the link is unknown, used or too old. Its mailbox is
-- proven with it, and every session of before ends (account_ends_sessions).
CREATE OR REPLACE FUNCTION use_password_reset(p_hash bytea, p_password text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_account uuid;
BEGIN
  PERFORM guard_tx();
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
