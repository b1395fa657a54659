-- Whether a payment may be seen in state `b` after `a`: the closure of PAYMENT_NEXT in core/payment/payment.ts, because an
-- answer in between may have been lost. Never backwards, never out of an end.
CREATE OR REPLACE FUNCTION payment_can_follow(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE a
    WHEN 'created' THEN b IN ('requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')
    WHEN 'requires_action' THEN b IN ('authorised', 'captured', 'declined', 'voided', 'refunded')
    WHEN 'authorised' THEN b IN ('captured', 'voided', 'refunded')
    WHEN 'captured' THEN b = 'refunded'
    ELSE false END
$$;
