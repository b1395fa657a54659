-- The address is the account's own from now on. False: the code was replaced meanwhile. A null nonce stands for staff.
CREATE OR REPLACE FUNCTION verify_email(p_account uuid, p_nonce text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  DELETE FROM email_code WHERE account_id = p_account AND (p_nonce IS NULL OR nonce = p_nonce);
  IF NOT FOUND AND p_nonce IS NOT NULL THEN
    RETURN EXISTS (SELECT FROM account WHERE id = p_account AND email_verified_at IS NOT NULL);
  END IF;
  UPDATE account SET email_verified_at = coalesce(email_verified_at, clock_timestamp()) WHERE id = p_account;
  RETURN FOUND;
END $$;
