-- The postings of an entry sum to zero when its transaction commits.
CREATE OR REPLACE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_sum numeric;
BEGIN
  SELECT sum(amount_minor) INTO v_sum FROM ledger_posting WHERE entry_id = new.entry_id;
  IF v_sum <> 0 THEN
    RAISE EXCEPTION 'postings of entry % sum to %', new.entry_id, v_sum
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_sums_to_zero';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON ledger_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_sums_to_zero();
