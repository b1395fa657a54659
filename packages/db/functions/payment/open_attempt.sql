-- The next attempt to pay an order: {orderId, attempt, provider, key, method}. It is made while the order waits for its payment
-- within its time and the attempt before it is dead; the same attempt again changes nothing.
CREATE OR REPLACE FUNCTION open_attempt(p jsonb, p_owned jsonb) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
DECLARE
  v_order orders;
  v_last payment;
BEGIN
  PERFORM guard_tx();
  PERFORM need_events(p_owned);
  SELECT * INTO v_order FROM orders WHERE id = (p ->> 'orderId')::uuid FOR NO KEY UPDATE;
  SELECT * INTO v_last FROM payment WHERE order_id = v_order.id ORDER BY attempt DESC LIMIT 1;
  IF v_order.state = 'awaiting_payment' AND v_order.pay_by > clock_timestamp() AND v_order.total_minor > 0
    AND coalesce(v_last.attempt, 0) + 1 = (p ->> 'attempt')::integer AND coalesce(v_last.state, 'voided') IN ('declined', 'voided')
  THEN
    INSERT INTO payment (order_id, attempt, provider, key, method, amount_minor, currency)
    VALUES (v_order.id, (p ->> 'attempt')::integer, p ->> 'provider', p ->> 'key', p ->> 'method', v_order.total_minor,
      v_order.currency);
  END IF;
END $$;
