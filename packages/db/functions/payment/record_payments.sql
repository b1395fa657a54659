-- Writes what a provider said about attempts: [{orderId, attempt, providerRef, state, amountMinor, currency, actionUrl,
-- declineReason}]. An answer that would move a payment backwards, or that is about other money, changes nothing. For callers that
-- hold the orders.
CREATE OR REPLACE FUNCTION record_payments(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payment x
  SET state = a.state, provider_ref = a."providerRef", action_url = a."actionUrl", decline_reason = a."declineReason",
      captured_at = CASE WHEN a.state IN ('captured', 'refunded') THEN coalesce(x.captured_at, clock_timestamp()) END,
      updated_at = clock_timestamp()
  FROM jsonb_to_recordset(p) a ("orderId" uuid, attempt integer, "providerRef" text, state text, "amountMinor" bigint,
    currency text, "actionUrl" text, "declineReason" text)
  WHERE x.order_id = a."orderId" AND x.attempt = a.attempt AND payment_can_follow(x.state, a.state)
    AND (x.provider_ref IS NULL OR x.provider_ref = a."providerRef")
    -- A refund says how much was given back.
    AND x.currency = a.currency AND (x.amount_minor = a."amountMinor" OR a.state = 'refunded');
END $$;
