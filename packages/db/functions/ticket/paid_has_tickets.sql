-- paid => one live ticket per item (I3), looked at when the transaction commits. The order's own row is locked by whoever
-- changes its state, and tickets are only added by that same function.
CREATE OR REPLACE FUNCTION paid_has_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_count integer;
BEGIN
  SELECT count(*) INTO v_count FROM ticket WHERE order_id = new.id AND status IN ('issued', 'used');
  IF v_count <> new.item_count THEN
    RAISE EXCEPTION 'paid order % has % of % tickets', new.id, v_count, new.item_count
      USING ERRCODE = '23514', CONSTRAINT = 'paid_has_tickets';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER paid_has_tickets AFTER INSERT OR UPDATE OF state ON orders
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.state = 'paid') EXECUTE FUNCTION paid_has_tickets();
