-- Blocks belong to the seat numbers of one layout.
CREATE OR REPLACE FUNCTION event_layout_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  DELETE FROM seat_claim WHERE event_id = new.id AND state = 'blocked';
  RETURN NULL;
END $$;

CREATE TRIGGER event_layout_changed AFTER UPDATE OF layout_id ON event
  FOR EACH ROW WHEN (new.layout_id IS DISTINCT FROM old.layout_id) EXECUTE FUNCTION event_layout_changed();
