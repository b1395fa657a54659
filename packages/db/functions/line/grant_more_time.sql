-- One more extension: the place after it, or NULL when nobody is inside or none is left.
CREATE OR REPLACE FUNCTION grant_more_time(p_line uuid, p_account uuid, p_max integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_entry line_entry;
BEGIN
  PERFORM guard_tx();
  UPDATE line_pass p SET extensions = p.extensions + 1 FROM line l, line_entry e
  WHERE l.id = p_line AND e.line_no = l.line_no AND e.account_id = p_account AND p.line_no = l.line_no
    AND p.number = e.number AND p.ended IS NULL AND p.extensions < p_max
  RETURNING e.* INTO v_entry;
  RETURN CASE WHEN FOUND THEN line_place(v_entry) END;
END $$;
