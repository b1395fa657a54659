-- Makes a code the live one and enqueues its mail. Returns {kind: sent | verified | not_found} or {kind: too_soon, retryInMs}:
-- there is a pause between two mails and a number of mails in a day.
CREATE OR REPLACE FUNCTION start_email_code(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'accountId')::uuid;
  v_now timestamptz := clock_timestamp();
  v_verified timestamptz;
  v_old email_code;
  v_wait interval;
BEGIN
  PERFORM guard_tx();
  -- The account's row puts two requests of one fan in order.
  SELECT email_verified_at INTO v_verified FROM account WHERE id = v_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  IF v_verified IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'verified');
  END IF;
  SELECT * INTO v_old FROM email_code WHERE account_id = v_id;
  IF FOUND THEN
    v_wait := CASE
      WHEN v_old.sends >= (p ->> 'sendsPerDay')::integer THEN v_old.counted_from + interval '1 day' - v_now
      ELSE v_old.sent_at + (p ->> 'pauseMs')::integer * interval '1 millisecond' - v_now END;
    IF v_wait > interval '0' THEN
      RETURN jsonb_build_object('kind', 'too_soon', 'retryInMs', ceil(extract(epoch FROM v_wait) * 1000));
    END IF;
  END IF;
  INSERT INTO email_code AS c (account_id, nonce, expires_at)
  VALUES (v_id, p ->> 'nonce', v_now + (p ->> 'ttlMs')::integer * interval '1 millisecond')
  ON CONFLICT (account_id) DO UPDATE SET nonce = excluded.nonce, expires_at = excluded.expires_at, tries = 0,
    sent_at = excluded.sent_at,
    sends = CASE WHEN c.counted_from <= v_now - interval '1 day' THEN 1 ELSE c.sends + 1 END,
    counted_from = CASE WHEN c.counted_from <= v_now - interval '1 day' THEN v_now ELSE c.counted_from END;
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.verify_email', 'verify-email-' || (p ->> 'nonce'),
    jsonb_build_object('accountId', v_id, 'nonce', p ->> 'nonce'));
  RETURN jsonb_build_object('kind', 'sent');
END $$;
