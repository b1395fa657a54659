-- Gives p_first, p_first + 1 ... to these entries of the draw. Again is harmless; other numbers than before are refused.
-- The line's number comes as a column beside the entries and not as a constant: the planner does not know how many of the
-- table's rows belong to one line before an ANALYZE, and would start from those.
CREATE OR REPLACE FUNCTION number_entries(p_line uuid, p_first integer, p_entries uuid[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lines integer[];
  v_count integer;
BEGIN
  PERFORM guard_tx();
  SELECT array_fill(line_no, ARRAY[cardinality(p_entries)]) INTO v_lines FROM line
  WHERE id = p_line AND state = 'drawing' AND entries_root IS NOT NULL
    AND (public_value_source IS NULL) = (public_value IS NULL) AND p_first + cardinality(p_entries) - 1 <= drawn;
  UPDATE line_entry e SET number = p_first + t.n - 1
  FROM unnest(v_lines, p_entries) WITH ORDINALITY t (line_no, entry, n)
  WHERE e.line_no = t.line_no AND e.entry = t.entry AND e.number IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count < cardinality(p_entries) THEN
    SELECT count(*) INTO v_count FROM unnest(v_lines, p_entries) WITH ORDINALITY t (line_no, entry, n)
    JOIN line_entry e ON e.line_no = t.line_no AND e.entry = t.entry AND e.number = p_first + t.n - 1;
  END IF;
  IF v_count < cardinality(p_entries) THEN
    RAISE EXCEPTION 'line % does not give these numbers to these entries', p_line
      USING ERRCODE = '23514', CONSTRAINT = 'line_numbers_fixed';
  END IF;
END $$;
