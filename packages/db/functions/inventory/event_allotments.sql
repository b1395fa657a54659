-- The windows of the event are what an organizer edits; the counter's bound follows them in the same statement.
CREATE OR REPLACE FUNCTION event_allotments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  INSERT INTO window_allotment (event_id, window_key, allotment)
  SELECT new.id, w ->> 'key', min((w ->> 'allotment')::integer)
  FROM jsonb_array_elements(new.sale_windows) w
  WHERE w ->> 'kind' = 'presale' AND w ->> 'key' IS NOT NULL AND w ->> 'allotment' IS NOT NULL
  GROUP BY 2 ORDER BY 2
  ON CONFLICT (event_id, window_key) DO UPDATE SET allotment = excluded.allotment;
  UPDATE window_allotment a SET allotment = NULL
  WHERE a.event_id = new.id AND a.allotment IS NOT NULL AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(new.sale_windows) w
    WHERE w ->> 'kind' = 'presale' AND w ->> 'key' = a.window_key AND w ->> 'allotment' IS NOT NULL);
  RETURN NULL;
END $$;

CREATE TRIGGER event_allotments_changed AFTER UPDATE OF sale_windows ON event
  FOR EACH ROW WHEN (new.sale_windows IS DISTINCT FROM old.sale_windows) EXECUTE FUNCTION event_allotments();
CREATE TRIGGER event_allotments_first AFTER INSERT ON event
  FOR EACH ROW WHEN (new.sale_windows <> '[]') EXECUTE FUNCTION event_allotments();
