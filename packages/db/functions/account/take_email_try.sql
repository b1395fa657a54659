-- Takes one of the five tries of the live code; null: there is no live code, it ran out, or its tries are used up. The try is
-- taken before the answer is compared, so a hundred guesses at once are five.
CREATE OR REPLACE FUNCTION take_email_try(p_account uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v jsonb;
BEGIN
  PERFORM guard_tx();
  UPDATE email_code SET tries = tries + 1
  WHERE account_id = p_account AND tries < 5 AND expires_at > clock_timestamp()
  RETURNING jsonb_build_object('nonce', nonce, 'triesLeft', 5 - tries) INTO v;
  RETURN v;
END $$;
