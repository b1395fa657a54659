-- 0001 audit: the audit, and how the files of this folder are written.
--
-- Tables, types, constraints and indexes stand here, one file after the other. Functions and triggers stand in ../functions,
-- each in one file that is always the current one.
--
-- Names: tables are singular snake_case (orders is the one exception, because "order" is a keyword). Every constraint that
-- code decodes has a name that says what it promises; src/pg-errors.ts knows them. States are text with a CHECK and a
-- trigger that knows the moves. Money is bigint minor units. Rows that belong to each other across the hot tables (orders,
-- seat_claim, fan_quota) carry no foreign keys: a key check locks the event's row once per order, which is the one row every
-- buyer shares. Those references are made in one function each and checked by the invariants.

-- One chain per event; what belongs to no event goes to the chain of the nil uuid. Each entry's hash covers the one before.
CREATE TABLE audit (
  chain uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  detail jsonb NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_pk PRIMARY KEY (chain, seq)
);
-- Who changed what is read when a change comes too late, so it has its own way through a chain that is full of orders.
CREATE INDEX audit_changes ON audit (chain, seq)
  WHERE action IN ('event.changed', 'prices.published', 'line.configured', 'line.levers', 'line.moved',
    'organization.changed');

-- The end of each chain; its row lock puts the entries of an event into one order.
CREATE TABLE audit_head (
  chain uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
