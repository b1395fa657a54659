-- 0023 layout name: what a layout is called in lists may change; what it is may not.

-- As in 0001, without the name: the document, whose hash names the version, keeps the one it was written with.
CREATE OR REPLACE FUNCTION layout_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.hash, new.seat_count, new.ga_capacity, new.document)
     IS DISTINCT FROM (old.id, old.hash, old.seat_count, old.ga_capacity, old.document) THEN
    RAISE EXCEPTION 'a layout version never changes' USING ERRCODE = '23514', CONSTRAINT = 'layout_unchanged';
  END IF;
  RETURN new;
END $$;
