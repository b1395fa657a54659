-- Many joins of one line at once: how many are new. NULL when there is no such line.
CREATE OR REPLACE FUNCTION join_many(p_line uuid, p_accounts uuid[], p_entries uuid[], p_persons uuid[]) RETURNS integer
LANGUAGE sql AS $$
  SELECT insert_entries(array_fill(line_no, ARRAY[cardinality(p_accounts)]), p_accounts, p_entries,
    CASE WHEN one_per = 'address' THEN p_persons ELSE array_fill(NULL::uuid, ARRAY[cardinality(p_accounts)]) END)
  FROM line WHERE id = p_line
$$;
