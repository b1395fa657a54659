-- 0017 changes of an event that people may make at the same time: each is saved against the version it was made from, and
-- each leaves its audit entry with what was there before and after.

-- Details ----------------------------------------------------------------------------------------------------------------

ALTER TABLE event
  -- Counts the changes of the details: all that save_event writes.
  ADD COLUMN details_version integer NOT NULL DEFAULT 1 CONSTRAINT event_details_version_counts CHECK (details_version > 0),
  -- When the online sale ends; null: by the rule of salesEndOf in core/event/event-times.ts.
  ADD COLUMN sales_end_at timestamptz,
  -- Until when the event is listed; after it the event ends by itself. Set by event_over alone.
  ADD COLUMN over_at timestamptz;

-- An event is over at its end; without one six hours after its start, or when its sale ends, whichever is later.
CREATE FUNCTION event_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.over_at := coalesce(new.ends_at, greatest(new.starts_at + interval '6 hours', new.sales_end_at));
  RETURN new;
END $$;
CREATE TRIGGER event_over BEFORE INSERT OR UPDATE OF starts_at, ends_at, sales_end_at ON event
  FOR EACH ROW EXECUTE FUNCTION event_over();
UPDATE event SET starts_at = starts_at;
ALTER TABLE event ALTER COLUMN over_at SET NOT NULL;
CREATE INDEX event_by_end ON event (over_at) WHERE state IN ('published', 'on_sale', 'paused', 'sold_out');

-- Who changed what is read when a change comes too late, so it has its own way through a chain that is full of orders.
CREATE INDEX audit_changes ON audit (chain, seq)
  WHERE action IN ('event.changed', 'prices.published', 'line.configured', 'line.levers');

-- The details in the shape of core's EventDraft.
CREATE FUNCTION event_details(e event) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('slug', e.slug, 'title', e.title, 'subtitle', e.subtitle, 'description', e.description,
    'genre', e.genre, 'venueId', e.venue_id, 'layoutId', e.layout_id, 'timeZone', e.time_zone, 'currency', e.currency,
    'doorsAtMs', ms_of(e.doors_at), 'startsAtMs', ms_of(e.starts_at), 'endsAtMs', ms_of(e.ends_at),
    'salesEndAtMs', ms_of(e.sales_end_at), 'saleWindows', e.sale_windows, 'holdTtlMs', e.hold_ttl_ms,
    'maxPerFan', e.max_per_fan)
$$;

-- The fields of `b` that differ from `a`, with the values of `b`.
CREATE FUNCTION fields_changed(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(b) WHERE value IS DISTINCT FROM a -> key
$$;

-- Changes after version `p_since` of what the actions name: [{version, by, atMs, fields}], the oldest first.
CREATE FUNCTION changes_since(p_chain uuid, p_actions text[], p_since integer, p_line uuid DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('version', a.detail -> 'version', 'by', a.actor, 'atMs', ms_of(a.at),
    'fields', CASE WHEN jsonb_typeof(a.detail -> 'after') = 'object'
      THEN (SELECT coalesce(jsonb_agg(k ORDER BY k), '[]') FROM jsonb_object_keys(a.detail -> 'after') k) ELSE '[]' END)
    ORDER BY a.seq), '[]')
  FROM audit a
  WHERE a.chain = p_chain AND a.action = ANY (p_actions)
    AND a.action IN ('event.changed', 'prices.published', 'line.configured', 'line.levers')
    AND (a.detail ->> 'version')::integer > p_since
    AND (p_line IS NULL OR (a.detail ->> 'line')::uuid = p_line)
$$;

-- Saves the details that were made from `version`: {id, version, draft, actor}. Returns {kind: saved, version} | {kind:
-- stale, version, changes} | {kind: not_found}. Details that are as they were make no new version.
CREATE FUNCTION save_event(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_version integer := (p ->> 'version')::integer;
  v_old event;
  v_new event;
  v_before jsonb;
  v_after jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM event WHERE id = v_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  UPDATE event SET slug = d.slug, title = d.title, subtitle = d.subtitle, description = d.description, genre = d.genre,
    venue_id = d."venueId", layout_id = d."layoutId", time_zone = d."timeZone", currency = d.currency,
    doors_at = instant_of(d."doorsAtMs"), starts_at = instant_of(d."startsAtMs"), ends_at = instant_of(d."endsAtMs"),
    sales_end_at = instant_of(d."salesEndAtMs"), sale_windows = d."saleWindows", hold_ttl_ms = d."holdTtlMs",
    max_per_fan = d."maxPerFan"
  FROM jsonb_to_record(p -> 'draft') d (slug text, title text, subtitle text, description text, genre text,
    "venueId" uuid, "layoutId" uuid, "timeZone" text, currency text, "doorsAtMs" bigint, "startsAtMs" bigint,
    "endsAtMs" bigint, "salesEndAtMs" bigint, "saleWindows" jsonb, "holdTtlMs" integer, "maxPerFan" integer)
  WHERE event.id = v_id AND event.details_version = v_version
  RETURNING event.* INTO v_new;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'stale', 'version', v_old.details_version,
      'changes', changes_since(v_id, '{event.changed}', v_version));
  END IF;
  v_before := event_details(v_old);
  v_after := event_details(v_new);
  IF v_before = v_after THEN
    RETURN jsonb_build_object('kind', 'saved', 'version', v_version);
  END IF;
  UPDATE event SET details_version = v_version + 1 WHERE id = v_id;
  PERFORM audit_append(v_id, p ->> 'actor', 'event.changed', jsonb_build_object('version', v_version + 1,
    'before', fields_changed(v_after, v_before), 'after', fields_changed(v_before, v_after)));
  RETURN jsonb_build_object('kind', 'saved', 'version', v_version + 1);
END $$;

-- Prices -----------------------------------------------------------------------------------------------------------------

-- Adds the next version of a price list that was made from `version` and puts it in force: {id, version, list, actor}.
-- Returns {kind: published, version} | {kind: stale, version, changes} | {kind: not_found}.
DROP FUNCTION publish_price_list(uuid, jsonb, text);
CREATE FUNCTION publish_prices(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'id')::uuid;
  v_old integer := (p ->> 'version')::integer;
  v_version integer;
  v_now integer;
  v_list jsonb := p -> 'list';
  v_hash text := encode(sha256(convert_to((p -> 'list')::text, 'UTF8')), 'hex');
  v_before text;
BEGIN
  PERFORM guard_tx();
  UPDATE event SET price_version = price_version + 1 WHERE id = v_id AND price_version = v_old
  RETURNING price_version INTO v_version;
  IF NOT FOUND THEN
    SELECT price_version INTO v_now FROM event WHERE id = v_id;
    IF NOT FOUND THEN
      RETURN jsonb_build_object('kind', 'not_found');
    END IF;
    RETURN jsonb_build_object('kind', 'stale', 'version', v_now, 'changes', changes_since(v_id, '{prices.published}', v_old));
  END IF;
  SELECT hash INTO v_before FROM event_price_list WHERE event_id = v_id AND version = v_old;
  INSERT INTO event_price_list (event_id, version, list, hash, created_by)
  VALUES (v_id, v_version, v_list, v_hash, p ->> 'actor');
  -- Both lists stay for good in event_price_list; the entry says which they are.
  PERFORM audit_append(v_id, p ->> 'actor', 'prices.published', jsonb_build_object('version', v_version, 'hash', v_hash,
    'before', CASE WHEN v_old > 0 THEN jsonb_build_object('version', v_old, 'hash', v_before) END,
    'after', jsonb_build_object('version', v_version, 'hash', v_hash)));
  RETURN jsonb_build_object('kind', 'published', 'version', v_version);
END $$;

-- Lines ------------------------------------------------------------------------------------------------------------------

-- Counts the changes of a line's settings, its levers among them.
ALTER TABLE line ADD COLUMN settings_version integer NOT NULL DEFAULT 1
  CONSTRAINT line_settings_version_counts CHECK (settings_version > 0);

-- The settings of a line in the shape of core's LineSettings.
CREATE FUNCTION line_settings(p_line uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('windowKey', l.window_key, 'lobbyOpensAtMs', ms_of(l.lobby_opens_at),
    'drawsAtMs', ms_of(l.draws_at), 'onePer', l.one_per, 'requireVerifiedEmail', l.require_verified_email,
    'publicValueSource', l.public_value_source, 'cap', l.cap, 'inflowPerSecond', l.inflow_per_second,
    'pacePct', l.pace_pct, 'passTtlMs', l.pass_ttl_ms, 'passMaxMs', l.pass_max_ms, 'graceMs', l.grace_ms,
    'notice', l.notice)
  FROM line l WHERE l.id = p_line
$$;

-- Counts and writes down what a change made of the settings `p_before`; nothing when they are as they were.
CREATE FUNCTION line_settings_changed(p_line uuid, p_before jsonb, p_actor text, p_action text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_after jsonb := line_settings(p_line);
  v_event uuid;
  v_version integer;
BEGIN
  IF v_after = p_before THEN
    RETURN;
  END IF;
  UPDATE line SET settings_version = settings_version + 1 WHERE id = p_line
  RETURNING event_id, settings_version INTO v_event, v_version;
  PERFORM audit_append(v_event, p_actor, p_action, jsonb_build_object('line', p_line, 'version', v_version,
    'before', fields_changed(v_after, p_before), 'after', fields_changed(p_before, v_after)));
END $$;

-- New settings {lineId, version, settings, actor} for a line whose lobby was never open: {kind: "done" | "fixed" |
-- "not_found"} or {kind: stale, version, changes}.
DROP FUNCTION configure_line(jsonb);
CREATE FUNCTION configure_line(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'lineId')::uuid;
  v_version integer := (p ->> 'version')::integer;
  v_old record;
  v_before jsonb;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM line WHERE id = v_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  IF v_old.opened_at IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'fixed');
  END IF;
  v_before := line_settings(v_id);
  UPDATE line SET window_key = s."windowKey", lobby_opens_at = instant_of(s."lobbyOpensAtMs"),
    draws_at = instant_of(s."drawsAtMs"), one_per = s."onePer", require_verified_email = s."requireVerifiedEmail",
    public_value_source = s."publicValueSource", cap = s.cap, inflow_per_second = s."inflowPerSecond",
    pace_pct = s."pacePct", pass_ttl_ms = s."passTtlMs", pass_max_ms = s."passMaxMs", grace_ms = s."graceMs",
    notice = s.notice
  FROM jsonb_to_record(p -> 'settings') s ("windowKey" text, "lobbyOpensAtMs" bigint, "drawsAtMs" bigint, "onePer" text,
    "requireVerifiedEmail" boolean, "publicValueSource" text, cap integer, "inflowPerSecond" integer, "pacePct" integer,
    "passTtlMs" integer, "passMaxMs" integer, "graceMs" integer, notice text)
  WHERE line.id = v_id AND line.settings_version = v_version;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'stale', 'version', v_old.settings_version,
      'changes', changes_since(v_old.event_id, '{line.configured,line.levers}', v_version, v_id));
  END IF;
  PERFORM line_settings_changed(v_id, v_before, p ->> 'actor', 'line.configured');
  RETURN jsonb_build_object('kind', 'done');
END $$;

-- {lineId, levers, actor}: whether there is such a line. Levers that are not named stay as they are.
CREATE OR REPLACE FUNCTION pull_line_levers(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'lineId')::uuid;
  v_levers jsonb := p -> 'levers';
  v_before jsonb;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM line WHERE id = v_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  v_before := line_settings(v_id);
  UPDATE line SET cap = coalesce((v_levers ->> 'cap')::integer, cap),
    inflow_per_second = coalesce((v_levers ->> 'inflowPerSecond')::integer, inflow_per_second),
    pace_pct = coalesce((v_levers ->> 'pacePct')::integer, pace_pct),
    notice = coalesce(v_levers ->> 'notice', notice)
  WHERE id = v_id;
  PERFORM line_settings_changed(v_id, v_before, p ->> 'actor', 'line.levers');
  RETURN true;
END $$;

-- Blocks -----------------------------------------------------------------------------------------------------------------

-- As before (0005), with what the seats were and are.
CREATE OR REPLACE FUNCTION set_blocked(p jsonb) RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid := (p ->> 'eventId')::uuid;
  v_block boolean := (p ->> 'blocked')::boolean;
  v_seats integer[] := ARRAY(SELECT DISTINCT s::integer FROM jsonb_array_elements_text(p -> 'seatNos') s ORDER BY 1);
  v_count integer;
  v_changed integer[];
BEGIN
  PERFORM guard_tx();
  SELECT l.seat_count INTO v_count FROM event e JOIN layout l ON l.id = e.layout_id WHERE e.id = v_id;
  IF EXISTS (SELECT FROM unnest(v_seats) s WHERE s < 0 OR s >= coalesce(v_count, 0)) THEN
    RAISE EXCEPTION 'event % has no such seat', v_id USING ERRCODE = '23514', CONSTRAINT = 'seat_known';
  END IF;
  IF v_block THEN
    WITH written AS (
      INSERT INTO seat_claim (event_id, seat_no, state) SELECT v_id, s, 'blocked' FROM unnest(v_seats) s ORDER BY s
      ON CONFLICT (event_id, seat_no) DO NOTHING RETURNING seat_no)
    SELECT coalesce(array_agg(seat_no ORDER BY seat_no), '{}') INTO v_changed FROM written;
  ELSE
    WITH removed AS (
      DELETE FROM seat_claim WHERE event_id = v_id AND seat_no = ANY (v_seats) AND state = 'blocked' RETURNING seat_no)
    SELECT coalesce(array_agg(seat_no ORDER BY seat_no), '{}') INTO v_changed FROM removed;
  END IF;
  IF cardinality(v_changed) > 0 THEN
    PERFORM audit_append(v_id, p ->> 'actor', CASE WHEN v_block THEN 'seats.blocked' ELSE 'seats.released' END,
      jsonb_build_object('seats', v_changed, 'reason', p ->> 'reason',
        'before', CASE WHEN v_block THEN 'free' ELSE 'blocked' END,
        'after', CASE WHEN v_block THEN 'blocked' ELSE 'free' END));
  END IF;
  RETURN v_changed;
END $$;
