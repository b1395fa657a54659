-- The stage after the provider was asked: writes its answers ({..., as record_payments takes it}; an order that costs nothing comes
-- with its id alone), and sells the seats of those that are paid for. Returns open_orders of the batch.
CREATE OR REPLACE FUNCTION settle_payments(p jsonb, p_owned jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_ids uuid[] := ARRAY(SELECT (a ->> 'orderId')::uuid FROM jsonb_array_elements(p) a);
BEGIN
  PERFORM guard_tx();
  PERFORM need_events(p_owned);
  PERFORM FROM orders WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE;
  PERFORM record_payments(p);
  PERFORM commit_seats(v_ids);
  RETURN open_orders(v_ids);
END $$;
