-- 0001 ground: the transaction guard, who, where and what is sold, and the audit chain.
--
-- Names: tables are singular snake_case (orders is the one exception, because "order" is a keyword). Every constraint that
-- code decodes has a name that says what it promises; src/pg-errors.ts knows them. States are text with a CHECK and a
-- transition trigger. Money is bigint minor units. Rows that belong to each other across the hot tables (orders, seat_claim,
-- fan_quota) carry no foreign keys: a key check locks the event's row once per order, which is the one row every buyer
-- shares. Those references are made in one function each and checked by the invariants.

-- The transaction guard (finding F1 of docs/reliability.md) --------------------------------------------------------------

-- Opens the guard for the current transaction and for nothing longer. The value is the transaction's own id, so that a
-- value that was left behind on a connection can never open it.
CREATE FUNCTION guard_tx() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.tx', pg_current_xact_id()::text, true);
END $$;

-- Refuses a write that reached the server outside a guarded transaction: the second half of a transaction whose
-- connection died must not commit alone on the next one. Per statement, so a batch pays once.
CREATE FUNCTION need_tx() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.tx', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    RAISE EXCEPTION 'write to % outside a guarded transaction', TG_TABLE_NAME USING ERRCODE = '25P01';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

-- Accounts ---------------------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL,
  name text NOT NULL,
  password_hash text,
  role text NOT NULL CONSTRAINT account_role_known CHECK (role IN ('fan', 'organizer', 'operator')),
  session_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX account_email_once ON account (lower(email));

-- Venues and layouts -----------------------------------------------------------------------------------------------------

CREATE TABLE venue (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  city text NOT NULL,
  country text NOT NULL,
  time_zone text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX venue_name_city_once ON venue (lower(name), lower(city));

-- A layout version never changes: events, caches and seat numbers rest on it. Only its venue may be filled in later.
CREATE TABLE layout (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  venue_id uuid REFERENCES venue (id),
  name text NOT NULL,
  hash text NOT NULL CONSTRAINT layout_hash_once UNIQUE,
  seat_count integer NOT NULL CHECK (seat_count >= 0),
  ga_capacity integer NOT NULL CHECK (ga_capacity >= 0),
  document jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE FUNCTION layout_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.hash, new.name, new.seat_count, new.ga_capacity, new.document)
     IS DISTINCT FROM (old.id, old.hash, old.name, old.seat_count, old.ga_capacity, old.document) THEN
    RAISE EXCEPTION 'a layout version never changes' USING ERRCODE = '23514', CONSTRAINT = 'layout_unchanged';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER layout_unchanged BEFORE UPDATE ON layout FOR EACH ROW EXECUTE FUNCTION layout_unchanged();

-- Events -----------------------------------------------------------------------------------------------------------------

CREATE TABLE event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL CONSTRAINT event_slug_once UNIQUE,
  title text NOT NULL,
  subtitle text NOT NULL DEFAULT '',
  description text NOT NULL DEFAULT '',
  genre text NOT NULL DEFAULT '',
  venue_id uuid NOT NULL CONSTRAINT event_venue_known REFERENCES venue (id),
  layout_id uuid CONSTRAINT event_layout_known REFERENCES layout (id),
  time_zone text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  doors_at timestamptz,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  sale_windows jsonb NOT NULL DEFAULT '[]',
  hold_ttl_ms integer NOT NULL CHECK (hold_ttl_ms > 0),
  max_per_fan integer NOT NULL CHECK (max_per_fan > 0),
  state text NOT NULL DEFAULT 'draft'
    CHECK (state IN ('draft', 'published', 'on_sale', 'paused', 'sold_out', 'ended', 'cancelled')),
  price_version integer NOT NULL DEFAULT 0 CHECK (price_version >= 0),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz,
  CONSTRAINT event_needs_layout CHECK (state IN ('draft', 'cancelled') OR layout_id IS NOT NULL),
  CONSTRAINT event_needs_prices CHECK (state NOT IN ('on_sale', 'paused', 'sold_out') OR price_version > 0)
);
CREATE INDEX event_by_start ON event (starts_at, id) WHERE published_at IS NOT NULL;

-- The transition table of core/event/event.ts, and what an event that left its draft may no longer change.
CREATE FUNCTION event_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'draft>published', 'draft>cancelled',
    'published>on_sale', 'published>draft', 'published>ended', 'published>cancelled',
    'on_sale>paused', 'on_sale>sold_out', 'on_sale>ended', 'on_sale>cancelled',
    'paused>on_sale', 'paused>ended', 'paused>cancelled',
    'sold_out>on_sale', 'sold_out>paused', 'sold_out>ended', 'sold_out>cancelled'])) THEN
    RAISE EXCEPTION 'event cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'event_moves';
  END IF;
  IF old.state <> 'draft' AND (new.layout_id, new.currency) IS DISTINCT FROM (old.layout_id, old.currency) THEN
    RAISE EXCEPTION 'layout and currency are fixed once an event left its draft'
      USING ERRCODE = '23514', CONSTRAINT = 'event_layout_frozen';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER event_moves BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_moves();
CREATE TRIGGER event_stays BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Published price lists are immutable: an order is charged by the version its hold was made under (I22).
CREATE TABLE event_price_list (
  event_id uuid NOT NULL REFERENCES event (id),
  version integer NOT NULL CHECK (version > 0),
  list jsonb NOT NULL,
  hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL,
  CONSTRAINT event_price_list_pk PRIMARY KEY (event_id, version)
);
CREATE TRIGGER event_price_list_unchanged BEFORE UPDATE OR DELETE ON event_price_list
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Audit ------------------------------------------------------------------------------------------------------------------

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
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_in_tx BEFORE INSERT ON audit FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- The end of each chain; its row lock puts the entries of an event into one order.
CREATE TABLE audit_head (
  chain uuid PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
CREATE TRIGGER audit_head_in_tx BEFORE INSERT OR UPDATE OR DELETE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- The time goes in as whole microseconds, so that the hash does not depend on a session's time zone.
CREATE FUNCTION audit_hash(prev bytea, chain uuid, seq bigint, at timestamptz, actor text, action text, detail jsonb)
RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(prev || convert_to(
    jsonb_build_array(chain, seq, (extract(epoch FROM at) * 1000000)::bigint, actor, action, detail)::text, 'UTF8'))
$$;

-- Appends one entry. Call it last in a transaction: it holds the chain's lock until the commit.
CREATE FUNCTION audit_append(p_chain uuid, p_actor text, p_action text, p_detail jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_prev bytea;
  v_seq bigint;
  v_at timestamptz := clock_timestamp();
  v_hash bytea;
BEGIN
  INSERT INTO audit_head AS h (chain, seq, hash) VALUES (p_chain, 1, sha256(convert_to(p_chain::text, 'UTF8')))
  ON CONFLICT (chain) DO UPDATE SET seq = h.seq + 1
  RETURNING h.seq, h.hash INTO v_seq, v_prev;
  v_hash := audit_hash(v_prev, p_chain, v_seq, v_at, p_actor, p_action, p_detail);
  INSERT INTO audit (chain, seq, at, actor, action, detail, prev_hash, hash)
  VALUES (p_chain, v_seq, v_at, p_actor, p_action, p_detail, v_prev, v_hash);
  UPDATE audit_head SET hash = v_hash WHERE chain = p_chain;
END $$;
