-- Every slug of an event leads to it, and to no other one.
CREATE OR REPLACE FUNCTION event_addressed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A name that was never public is free again.
  IF TG_OP = 'UPDATE' AND old.published_at IS NULL THEN
    DELETE FROM event_address WHERE slug = old.slug AND event_id = old.id;
  END IF;
  INSERT INTO event_address (slug, event_id) VALUES (new.slug, new.id) ON CONFLICT (slug) DO NOTHING;
  IF NOT EXISTS (SELECT FROM event_address WHERE slug = new.slug AND event_id = new.id) THEN
    RAISE EXCEPTION 'another event has or had the address %', new.slug
      USING ERRCODE = '23505', CONSTRAINT = 'event_slug_once';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER event_addressed AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_addressed();
CREATE TRIGGER event_readdressed AFTER UPDATE OF slug ON event FOR EACH ROW WHEN (new.slug <> old.slug)
  EXECUTE FUNCTION event_addressed();
