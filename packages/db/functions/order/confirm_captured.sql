-- The last stage: writes what the provider said about captures ({..., as record_payments takes it, and ticketIds}; an order that
-- costs nothing comes without an answer) and makes those that are captured paid, with tickets. Returns open_orders of the batch.
CREATE OR REPLACE FUNCTION confirm_captured(p jsonb, p_owned jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_ids uuid[] := ARRAY(SELECT (a ->> 'orderId')::uuid FROM jsonb_array_elements(p) a);
BEGIN
  PERFORM guard_tx();
  PERFORM need_events(p_owned);
  PERFORM FROM orders WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
  PERFORM record_payments(p);
  PERFORM confirm_paid(p);
  RETURN open_orders(v_ids);
END $$;
