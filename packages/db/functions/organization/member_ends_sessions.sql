-- Who becomes a member is staff: what was opened as a fan's session lasts no longer from then on than a day's work, through
-- whatever door the membership came. STAFF_SESSION_MS of core/account/session.ts is the same time.
CREATE OR REPLACE FUNCTION member_ends_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_end timestamptz := clock_timestamp() + interval '12 hours';
BEGIN
  -- A session that is being opened right now holds this row until it is there to be found, or waits here and finds the member.
  PERFORM FROM account WHERE id = new.account_id FOR NO KEY UPDATE;
  UPDATE session SET ends_at = v_end WHERE account_id = new.account_id AND ended_at IS NULL AND ends_at > v_end;
  RETURN NULL;
END $$;

CREATE TRIGGER member_ends_sessions AFTER INSERT ON organization_member FOR EACH ROW
  EXECUTE FUNCTION member_ends_sessions();
