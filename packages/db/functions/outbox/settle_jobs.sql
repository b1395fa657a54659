-- What became of a batch of jobs: p_done are done, p_failed [{id, error, retryInMs}] are tried again, or parked where retryInMs is
-- null. A job that another worker took over meanwhile did not fail: that worker tells of it.
CREATE OR REPLACE FUNCTION settle_jobs(p_owner text, p_done bigint[], p_failed jsonb) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
BEGIN
  PERFORM guard_tx();
  UPDATE job SET done_at = clock_timestamp(), parked_at = NULL, lease_until = NULL, last_error = NULL
  WHERE id = ANY (p_done) AND done_at IS NULL;
  IF jsonb_array_length(p_failed) > 0 THEN
    UPDATE job SET lease_until = NULL, last_error = left(f.error, 2000),
      run_at = CASE WHEN f."retryInMs" IS NULL THEN run_at
        ELSE clock_timestamp() + f."retryInMs" * interval '1 millisecond' END,
      parked_at = CASE WHEN f."retryInMs" IS NULL THEN clock_timestamp() END
    FROM jsonb_to_recordset(p_failed) f (id bigint, error text, "retryInMs" float8)
    WHERE job.id = f.id AND leased_by = p_owner AND lease_until IS NOT NULL AND done_at IS NULL;
  END IF;
END $$;
