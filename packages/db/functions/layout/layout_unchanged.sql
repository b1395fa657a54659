-- A layout version never changes: events, caches and seat numbers rest on it. Only its venue may be filled in later, and
-- what it is called in lists may change: the document, whose hash names the version, keeps the name it was written with.
CREATE OR REPLACE FUNCTION layout_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.hash, new.seat_count, new.ga_capacity, new.document)
     IS DISTINCT FROM (old.id, old.hash, old.seat_count, old.ga_capacity, old.document) THEN
    RAISE EXCEPTION 'a layout version never changes' USING ERRCODE = '23514', CONSTRAINT = 'layout_unchanged';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER layout_unchanged BEFORE UPDATE ON layout FOR EACH ROW EXECUTE FUNCTION layout_unchanged();
