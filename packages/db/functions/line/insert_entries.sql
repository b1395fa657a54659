-- Puts fans in lines, in the order given: without a number in the lobby, with the next one after it. Who stands there, or
-- whose person does, is left out; so are lines that take nobody. Returns how many are new.
CREATE OR REPLACE FUNCTION insert_entries(p_lines integer[], p_accounts uuid[], p_entries uuid[], p_persons uuid[])
RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lobby integer[];
  v_numbered integer[];
  v_new integer := 0;
  r record;
BEGIN
  PERFORM guard_tx();
  FOR r IN SELECT DISTINCT n FROM unnest(p_lines) n WHERE n IS NOT NULL ORDER BY n LOOP
    PERFORM pg_advisory_xact_lock_shared(1818848869, r.n);
  END LOOP;
  -- From here on no line moves.
  v_lobby := ARRAY(SELECT line_no FROM line WHERE line_no = ANY (p_lines) AND state = 'lobby');
  v_numbered := ARRAY(SELECT line_no FROM line WHERE line_no = ANY (p_lines) AND state IN ('drawing', 'open', 'paused'));

  IF cardinality(v_lobby) > 0 THEN
    INSERT INTO line_entry (line_no, account_id, entry, person)
    SELECT a.line_no, a.account_id, a.entry, a.person
    FROM unnest(p_lines, p_accounts, p_entries, p_persons) a (line_no, account_id, entry, person)
    WHERE a.line_no = ANY (v_lobby) ORDER BY a.line_no, a.account_id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_new = ROW_COUNT;
  END IF;

  -- Numbers are counted under the row's lock. Everybody who could stand in the way is visible then, so what is inserted is
  -- exactly what was numbered.
  IF cardinality(v_numbered) > 0 THEN
    PERFORM FROM line WHERE line_no = ANY (v_numbered) ORDER BY line_no FOR NO KEY UPDATE;
    WITH asked AS (
      SELECT DISTINCT ON (a.line_no, a.account_id) a.*
      FROM unnest(p_lines, p_accounts, p_entries, p_persons) WITH ORDINALITY a (line_no, account_id, entry, person, n)
      WHERE a.line_no = ANY (v_numbered)
        AND NOT EXISTS (SELECT FROM line_entry e WHERE e.line_no = a.line_no AND e.account_id = a.account_id)
        AND NOT EXISTS (SELECT FROM line_entry e WHERE e.line_no = a.line_no AND e.person = a.person)
      ORDER BY a.line_no, a.account_id, a.n),
    fresh AS (
      SELECT DISTINCT ON (line_no, coalesce(person, account_id)) * FROM asked
      ORDER BY line_no, coalesce(person, account_id), n),
    written AS (
      INSERT INTO line_entry (line_no, number, account_id, entry, person)
      SELECT f.line_no, l.last_number + row_number() OVER (PARTITION BY f.line_no ORDER BY f.n), f.account_id, f.entry,
        f.person
      FROM fresh f JOIN line l ON l.line_no = f.line_no
      RETURNING line_no),
    counted AS (SELECT line_no, count(*)::integer AS fans FROM written GROUP BY line_no),
    counting AS (
      UPDATE line SET last_number = last_number + c.fans FROM counted c WHERE line.line_no = c.line_no RETURNING c.fans)
    SELECT v_new + coalesce(sum(fans), 0) INTO v_new FROM counting;
  END IF;
  RETURN v_new;
END $$;
