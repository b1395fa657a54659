-- 0010 risk: whose e-mail address is confirmed, and which accounts staff cleared or blocked.

-- Confirmed addresses ----------------------------------------------------------------------------------------------------

ALTER TABLE account ADD COLUMN email_verified_at timestamptz;

-- The code in the mail follows from `nonce` under a key that this database does not have, so neither this table nor the job
-- that sends the mail gives it away. One code is live for each account.
CREATE TABLE email_code (
  account_id uuid PRIMARY KEY CONSTRAINT email_code_account_known REFERENCES account (id) ON DELETE CASCADE,
  nonce text NOT NULL CHECK (nonce <> ''),
  expires_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Mails since `counted_from`; a day after it the count starts again.
  sends integer NOT NULL DEFAULT 1,
  counted_from timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT email_code_within_tries CHECK (tries BETWEEN 0 AND 5)
);
CREATE TRIGGER email_code_in_tx BEFORE INSERT OR UPDATE OR DELETE ON email_code
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Makes a code the live one and enqueues its mail. Returns {kind: sent | verified | not_found} or {kind: too_soon, retryInMs}:
-- there is a pause between two mails and a number of mails in a day.
CREATE FUNCTION start_email_code(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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

-- Takes one of the five tries of the live code; null: there is no live code, it ran out, or its tries are used up. The try is
-- taken before the answer is compared, so a hundred guesses at once are five.
CREATE FUNCTION take_email_try(p_account uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v jsonb;
BEGIN
  PERFORM guard_tx();
  UPDATE email_code SET tries = tries + 1
  WHERE account_id = p_account AND tries < 5 AND expires_at > clock_timestamp()
  RETURNING jsonb_build_object('nonce', nonce, 'triesLeft', 5 - tries) INTO v;
  RETURN v;
END $$;

-- The address is the account's own from now on. False: the code was replaced meanwhile. A null nonce stands for staff.
CREATE FUNCTION verify_email(p_account uuid, p_nonce text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  DELETE FROM email_code WHERE account_id = p_account AND (p_nonce IS NULL OR nonce = p_nonce);
  IF NOT FOUND AND p_nonce IS NOT NULL THEN
    RETURN EXISTS (SELECT FROM account WHERE id = p_account AND email_verified_at IS NOT NULL);
  END IF;
  UPDATE account SET email_verified_at = coalesce(email_verified_at, clock_timestamp()) WHERE id = p_account;
  RETURN FOUND;
END $$;

-- Cleared and blocked ----------------------------------------------------------------------------------------------------

-- What staff decided last about an account. What was decided before is in the audit chain of the account's id.
CREATE TABLE risk_mark (
  account_id uuid PRIMARY KEY CONSTRAINT risk_mark_account_known REFERENCES account (id),
  state text NOT NULL CONSTRAINT risk_mark_state_known CHECK (state IN ('cleared', 'blocked')),
  reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
  marked_by text NOT NULL CHECK (marked_by <> ''),
  marked_at timestamptz NOT NULL
);
CREATE INDEX risk_mark_by_time ON risk_mark (marked_at DESC);
CREATE TRIGGER risk_mark_in_tx BEFORE INSERT OR UPDATE OR DELETE ON risk_mark
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Sets the mark and its audit entry together; no row when there is no such account.
CREATE FUNCTION mark_risk(p_account uuid, p_state text, p_reason text, p_by text) RETURNS SETOF risk_mark
LANGUAGE plpgsql AS $$
DECLARE
  v risk_mark;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM account WHERE id = p_account;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  INSERT INTO risk_mark (account_id, state, reason, marked_by, marked_at)
  VALUES (p_account, p_state, p_reason, p_by, clock_timestamp())
  ON CONFLICT (account_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, marked_by = excluded.marked_by,
    marked_at = excluded.marked_at
  RETURNING * INTO v;
  PERFORM audit_append(p_account, p_by, 'account.' || p_state, jsonb_build_object('reason', p_reason));
  RETURN NEXT v;
END $$;
