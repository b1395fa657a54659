-- EVENT_NEXT of core/event/event.ts, and what an event that left its draft may no longer change.
CREATE OR REPLACE FUNCTION event_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'draft>published', 'draft>cancelled',
    'published>on_sale', 'published>draft', 'published>ended', 'published>cancelled',
    'on_sale>paused', 'on_sale>sold_out', 'on_sale>ended', 'on_sale>cancelled',
    'paused>on_sale', 'paused>ended', 'paused>cancelled',
    'sold_out>on_sale', 'sold_out>paused', 'sold_out>ended', 'sold_out>cancelled'])) THEN
    RAISE EXCEPTION 'event cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'event_moves';
  END IF;
  IF old.state <> 'draft' AND (new.layout_id, new.currency) IS DISTINCT FROM (old.layout_id, old.currency) THEN
    RAISE EXCEPTION 'layout and currency are fixed once an event left its draft'
      USING ERRCODE = '23514', CONSTRAINT = 'event_layout_frozen';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER event_moves BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_moves();
