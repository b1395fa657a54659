-- A new password, another role and a disabled account end the sessions of before, through whatever door the change came.
-- `app.kept_session` names the one in which a fan changes their own password.
CREATE OR REPLACE FUNCTION account_ends_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
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
