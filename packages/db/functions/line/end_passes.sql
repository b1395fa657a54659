-- [{accountId, reason, atMs}]: passes that ended. The first reason stays, and an end from before a pass does not end it.
CREATE OR REPLACE FUNCTION end_passes(p_line uuid, p_ends jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  WITH asked AS (
    SELECT DISTINCT ON (p.number) p.line_no, p.number, e.reason, instant_of(e."atMs") AS at
    FROM jsonb_to_recordset(p_ends) e ("accountId" uuid, reason text, "atMs" bigint)
    JOIN line l ON l.id = p_line
    JOIN line_pass p ON p.line_no = l.line_no AND p.account_id = e."accountId" AND p.ended IS NULL
    WHERE p.admitted_at <= instant_of(e."atMs")
    ORDER BY p.number, e."atMs"),
  -- In one order for everybody, the API's and the controller's.
  held AS MATERIALIZED (
    SELECT p.line_no, p.number FROM line_pass p JOIN asked a ON a.line_no = p.line_no AND a.number = p.number
    ORDER BY p.number FOR NO KEY UPDATE OF p)
  UPDATE line_pass p SET ended = a.reason, ended_at = a.at FROM asked a JOIN held h ON h.number = a.number
  WHERE p.line_no = a.line_no AND p.number = a.number AND p.ended IS NULL;
END $$;
