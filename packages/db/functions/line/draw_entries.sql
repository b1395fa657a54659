-- A page of the draw's entries in byte order, those after p_after: by line_entry_once, in whose order they are, so that no
-- page sorts the table. Who joined after the lobby has a number above `drawn` from the start.
CREATE OR REPLACE FUNCTION draw_entries(p_line uuid, p_after uuid, p_limit integer) RETURNS SETOF text LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
  v_no integer;
  v_drawn integer;
BEGIN
  SELECT line_no, drawn INTO v_no, v_drawn FROM line WHERE id = p_line;
  RETURN QUERY
    SELECT encode(uuid_send(e.entry), 'hex') FROM line_entry e
    WHERE e.line_no = v_no AND e.entry >= coalesce(p_after, '00000000-0000-0000-0000-000000000000')
      AND e.entry IS DISTINCT FROM p_after AND (e.number IS NULL OR e.drawn_as IS NOT NULL OR e.number <= v_drawn)
    ORDER BY e.line_no, e.entry LIMIT p_limit;
END $$;
