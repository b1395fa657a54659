-- What is over stays over, and no session is made longer, whoever writes.
CREATE OR REPLACE FUNCTION session_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.account_id, new.device, new.created_at)
     IS DISTINCT FROM (old.id, old.account_id, old.device, old.created_at)
     OR new.ends_at > old.ends_at
     OR old.ended_at IS NOT NULL AND (new.ended_at, new.ended_by) IS DISTINCT FROM (old.ended_at, old.ended_by) THEN
    RAISE EXCEPTION 'a session only ends' USING ERRCODE = '23514', CONSTRAINT = 'session_only_ends';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER session_only_ends BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION session_only_ends();
