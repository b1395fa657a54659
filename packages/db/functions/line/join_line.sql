-- Many joins, [{lineId, accountId, entry, person}], in one statement. Returns {kind: joined | known | person_taken |
-- not_open | not_found, place, state} for each, in their order.
CREATE OR REPLACE FUNCTION join_line(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lines integer[];
  v_accounts uuid[];
  v_entries uuid[];
  v_persons uuid[];
BEGIN
  PERFORM guard_tx();
  SELECT array_agg(l.line_no ORDER BY a.n), array_agg((a.j ->> 'accountId')::uuid ORDER BY a.n),
    array_agg((a.j ->> 'entry')::uuid ORDER BY a.n),
    array_agg(CASE WHEN l.one_per = 'address' THEN (a.j ->> 'person')::uuid END ORDER BY a.n)
    INTO v_lines, v_accounts, v_entries, v_persons
  FROM jsonb_array_elements(batch) WITH ORDINALITY a (j, n) LEFT JOIN line l ON l.id = (a.j ->> 'lineId')::uuid;
  PERFORM insert_entries(v_lines, v_accounts, v_entries, v_persons);
  RETURN (
    SELECT jsonb_agg(CASE
        WHEN a.line_no IS NULL THEN jsonb_build_object('kind', 'not_found')
        WHEN e.entry IS NOT NULL THEN jsonb_build_object('place', line_place(e), 'kind',
          CASE WHEN e.xmin = pg_current_xact_id()::xid AND a.entry = e.entry AND a.copy = 1 THEN 'joined' ELSE 'known' END)
        WHEN EXISTS (SELECT FROM line_entry o WHERE o.line_no = a.line_no AND o.person = a.person)
          THEN jsonb_build_object('kind', 'person_taken')
        ELSE jsonb_build_object('kind', 'not_open', 'state', l.state) END ORDER BY a.n)
    FROM (
      SELECT u.*, row_number() OVER (PARTITION BY u.line_no, u.entry ORDER BY u.n) AS copy
      FROM unnest(v_lines, v_accounts, v_entries, v_persons) WITH ORDINALITY u (line_no, account_id, entry, person, n)) a
    LEFT JOIN line l ON l.line_no = a.line_no
    LEFT JOIN line_entry e ON e.line_no = a.line_no AND e.account_id = a.account_id);
END $$;
