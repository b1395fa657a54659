-- Sets a password where the old one is still `p_old`; false: somebody was faster. `p_keep`: the session that goes on.
CREATE OR REPLACE FUNCTION change_password(p_account uuid, p_old text, p_new text, p_keep uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  PERFORM set_config('app.kept_session', coalesce(p_keep::text, ''), true);
  UPDATE account SET password_hash = p_new WHERE id = p_account AND password_hash IS NOT DISTINCT FROM p_old;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM password_was_set(p_account);
  RETURN true;
END $$;
