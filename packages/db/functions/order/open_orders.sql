-- Orders as the stages of a sale know them: what each is about, how far it is, and its latest attempt to pay. OpenOrder of
-- core/order/open-order.ts, [] for orders that are not there.
CREATE OR REPLACE FUNCTION open_orders(p_ids uuid[]) RETURNS jsonb LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object(
      'orderId', o.id, 'eventId', o.event_id, 'accountId', o.account_id, 'holdId', o.hold_id, 'state', o.state,
      'reason', o.reason, 'totalMinor', o.total_minor, 'currency', o.currency, 'itemCount', o.item_count,
      'isLate', o.pay_by <= clock_timestamp(), 'eventState', e.state,
      'isParked', EXISTS (SELECT FROM parked_order k WHERE k.order_id = o.id),
      'payment', (SELECT jsonb_build_object('attempt', p.attempt, 'provider', p.provider, 'key', p.key, 'method', p.method,
          'providerRef', p.provider_ref, 'state', p.state, 'actionUrl', CASE WHEN p.state = 'requires_action' THEN p.action_url END,
          'declineReason', p.decline_reason)
        FROM payment p WHERE p.order_id = o.id ORDER BY p.attempt DESC LIMIT 1)) ORDER BY i.n), '[]')
  FROM unnest(p_ids) WITH ORDINALITY i (id, n) JOIN orders o ON o.id = i.id JOIN event e ON e.id = o.event_id);
END $$;
