-- No payment goes backwards or changes what it is for.
CREATE OR REPLACE FUNCTION payment_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT payment_can_follow(old.state, new.state) THEN
    RAISE EXCEPTION 'payment cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'payment_moves';
  END IF;
  IF (new.order_id, new.provider, new.amount_minor, new.currency)
     IS DISTINCT FROM (old.order_id, old.provider, old.amount_minor, old.currency) THEN
    RAISE EXCEPTION 'what is paid never changes' USING ERRCODE = '23514', CONSTRAINT = 'payment_unchanged';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER payment_moves BEFORE UPDATE ON payment FOR EACH ROW EXECUTE FUNCTION payment_moves();
