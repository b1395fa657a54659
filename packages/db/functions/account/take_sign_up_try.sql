-- Takes one of the five tries before anything is compared; how many are left, or NULL where none was.
CREATE OR REPLACE FUNCTION take_sign_up_try(p_id uuid) RETURNS integer LANGUAGE sql AS $$
  SELECT guard_tx();
  UPDATE sign_up SET tries = tries + 1 WHERE id = p_id AND tries < 5 AND expires_at > clock_timestamp() RETURNING 5 - tries;
$$;
