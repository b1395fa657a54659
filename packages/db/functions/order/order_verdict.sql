-- What is already known about a draft whose order, key or hold stands in `orders`; null when nothing is. The key decides
-- first: it is the caller's own name for the attempt.
CREATE OR REPLACE FUNCTION order_verdict(d order_draft) RETURNS jsonb LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
  o record;
BEGIN
  SELECT id, request_hash INTO o FROM orders WHERE account_id = d.account_id AND idempotency_key = d.idempotency_key;
  IF FOUND THEN
    IF o.request_hash = d.request_hash THEN
      RETURN jsonb_build_object('ord', d.ord, 'kind', 'committed', 'orderId', o.id, 'replayed', true);
    END IF;
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'key_reused', 'orderId', d.id);
  END IF;
  IF EXISTS (SELECT FROM orders WHERE id = d.id) THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'key_reused', 'orderId', d.id);
  END IF;
  -- The hold's places belong to the order that it already became.
  IF EXISTS (SELECT FROM orders WHERE hold_id = d.hold_id AND state IN ('awaiting_payment', 'committed', 'paid', 'refunded'))
  THEN
    RETURN jsonb_build_object('ord', d.ord, 'kind', 'seats_taken', 'orderId', d.id, 'seatNos', to_jsonb(d.seat_nos));
  END IF;
  RETURN NULL;
END $$;
