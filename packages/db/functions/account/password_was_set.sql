-- What a changed password brings with it: older links are worth nothing, and the owner hears of it.
CREATE OR REPLACE FUNCTION password_was_set(p_account uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE password_reset SET used_at = clock_timestamp() WHERE account_id = p_account AND used_at IS NULL;
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.password_set', 'mail.password_set:' || gen_random_uuid(), jsonb_build_object('accountId', p_account));
END $$;
