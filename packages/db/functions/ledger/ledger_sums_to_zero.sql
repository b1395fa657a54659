-- The postings of an entry sum to zero, for all entries that a statement writes postings of: an entry's postings are written
-- together. One look per statement costs a batch of orders what a look per posting cost one of them.
CREATE OR REPLACE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
DECLARE
  v_entry uuid;
  v_sum numeric;
BEGIN
  SELECT n.entry_id, l.total INTO v_entry, v_sum
  FROM (SELECT DISTINCT entry_id FROM posted) n
  CROSS JOIN LATERAL (SELECT sum(p.amount_minor) AS total FROM ledger_posting p WHERE p.entry_id = n.entry_id) l
  WHERE l.total <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'postings of entry % sum to %', v_entry, v_sum
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_sums_to_zero';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_sums_to_zero AFTER INSERT ON ledger_posting
  REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_sums_to_zero();
