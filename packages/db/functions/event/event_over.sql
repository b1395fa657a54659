-- An event is over at its end; without one six hours after its start, or when its sale ends, whichever is later.
CREATE OR REPLACE FUNCTION event_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.over_at := coalesce(new.ends_at, greatest(new.starts_at + interval '6 hours', new.sales_end_at));
  RETURN new;
END $$;

CREATE TRIGGER event_over BEFORE INSERT OR UPDATE OF starts_at, ends_at, sales_end_at ON event
  FOR EACH ROW EXECUTE FUNCTION event_over();
