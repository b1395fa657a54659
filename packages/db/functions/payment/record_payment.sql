-- Writes what a provider said about one payment and returns the row as it is then. An answer that would move the payment
-- backwards changes nothing; a forward one with another amount is refused by payment_unchanged.
CREATE OR REPLACE FUNCTION record_payment(p jsonb) RETURNS payment LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  v_state text := p ->> 'state';
  v_row payment;
BEGIN
  PERFORM guard_tx();
  INSERT INTO payment AS x (order_id, provider, provider_ref, state, amount_minor, currency, action_url, decline_reason,
    captured_at)
  VALUES ((p ->> 'orderId')::uuid, p ->> 'provider', p ->> 'providerRef', v_state, (p ->> 'amountMinor')::bigint,
    p ->> 'currency', p ->> 'actionUrl', p ->> 'declineReason',
    CASE WHEN v_state IN ('captured', 'refunded') THEN clock_timestamp() END)
  ON CONFLICT (provider, provider_ref) DO UPDATE
    SET state = excluded.state, action_url = excluded.action_url, decline_reason = excluded.decline_reason,
        amount_minor = CASE WHEN excluded.state = 'refunded' THEN x.amount_minor ELSE excluded.amount_minor END,
        currency = excluded.currency, order_id = excluded.order_id,
        captured_at = coalesce(x.captured_at, excluded.captured_at), updated_at = clock_timestamp()
    WHERE payment_can_follow(x.state, excluded.state);
  SELECT * INTO STRICT v_row FROM payment WHERE provider = p ->> 'provider' AND provider_ref = p ->> 'providerRef';
  RETURN v_row;
END $$;
