-- {id, email, name, passwordHash, ttlMs, liveMax}: 0, and its mail is in the outbox; or the milliseconds until the address has
-- room for one more. Looks at sign-ups alone, never at accounts.
CREATE OR REPLACE FUNCTION start_sign_up(p jsonb) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_live integer;
  v_next timestamptz;
BEGIN
  PERFORM guard_tx();
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
