-- ORDER_NEXT of core/order/order.ts, and what never changes once an order stands.
CREATE OR REPLACE FUNCTION order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'awaiting_payment>committed', 'awaiting_payment>cancelled', 'awaiting_payment>failed',
    'committed>paid', 'committed>failed', 'paid>refunded'])) THEN
    RAISE EXCEPTION 'order cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'order_moves';
  END IF;
  IF (new.id, new.event_id, new.account_id, new.hold_id, new.idempotency_key, new.request_hash, new.item_count,
      new.price_version, new.quote_hash, new.currency, new.total_minor, new.window_key)
     IS DISTINCT FROM
     (old.id, old.event_id, old.account_id, old.hold_id, old.idempotency_key, old.request_hash, old.item_count,
      old.price_version, old.quote_hash, old.currency, old.total_minor, old.window_key) THEN
    RAISE EXCEPTION 'what was ordered never changes' USING ERRCODE = '23514', CONSTRAINT = 'order_unchanged';
  END IF;
  RETURN new;
END $$;

CREATE TRIGGER order_moves BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION order_moves();
