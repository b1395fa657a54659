-- The sign-up becomes the account, its address confirmed. No row: it is gone. A broken account_email_once: the address got an
-- account meanwhile, and the sign-up stays what it was.
CREATE OR REPLACE FUNCTION complete_sign_up(p_id uuid) RETURNS SETOF account LANGUAGE sql AS $$
  SELECT guard_tx();
  WITH done AS (DELETE FROM sign_up WHERE id = p_id AND expires_at > clock_timestamp() RETURNING *)
  INSERT INTO account (email, name, password_hash, role, email_verified_at)
  SELECT email, name, password_hash, 'fan', clock_timestamp() FROM done
  RETURNING *;
$$;
