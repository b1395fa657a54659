-- Leases up to p_limit due jobs of each kind to p_owner, those that were due first; two workers get different ones. Kind by kind,
-- so that each is read in the order of its index, job_due, and no further than its limit. By index also where the plan was made
-- while the table was small: most of its rows are done.
CREATE OR REPLACE FUNCTION claim_jobs(p_owner text, p_kinds text[], p_limit integer, p_lease_ms integer)
RETURNS SETOF job LANGUAGE plpgsql SET enable_seqscan = off
AS $$
DECLARE
  v_ids bigint[];
BEGIN
  PERFORM guard_tx();
  v_ids := ARRAY(
    SELECT due.id FROM unnest(p_kinds) wanted (kind) CROSS JOIN LATERAL (
      SELECT j.id FROM job j
      WHERE j.kind = wanted.kind AND j.done_at IS NULL AND j.parked_at IS NULL AND j.run_at <= clock_timestamp()
        AND (j.lease_until IS NULL OR j.lease_until <= clock_timestamp())
      ORDER BY j.run_at LIMIT p_limit FOR UPDATE SKIP LOCKED) due);
  IF cardinality(v_ids) > 0 THEN
    RETURN QUERY
      UPDATE job SET lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond',
        attempts = attempts + 1, leased_by = p_owner
      WHERE id = ANY (v_ids) RETURNING *;
  END IF;
END $$;
