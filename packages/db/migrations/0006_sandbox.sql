-- 0006 sandbox: the sandbox provider's own books, apart from payment, so that the two sides can be compared.
--
-- Nothing else refers to this table. A real provider keeps these facts on its own machines.
CREATE TABLE sandbox_payment (
  provider_ref text PRIMARY KEY,
  idempotency_key text NOT NULL CONSTRAINT sandbox_payment_key_once UNIQUE,
  order_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('requires_action', 'authorised', 'captured', 'declined', 'voided', 'refunded')),
  method text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  currency text NOT NULL,
  return_url text NOT NULL,
  action_url text,
  decline_reason text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX sandbox_payment_by_order ON sandbox_payment (order_id);
