-- When an event ended or was cancelled.
CREATE OR REPLACE FUNCTION event_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.closed_at := clock_timestamp();
  RETURN new;
END $$;

CREATE TRIGGER event_closes BEFORE UPDATE OF state ON event
  FOR EACH ROW WHEN (new.state <> old.state AND new.state IN ('ended', 'cancelled')) EXECUTE FUNCTION event_closes();
