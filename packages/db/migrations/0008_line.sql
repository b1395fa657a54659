-- 0008 line: who waits before a sale, in which order, and who was let in.
--
-- Lock order of every function that writes here: the line's advisory lock (by line_no), line (by line_no), line_entry,
-- line_controller, line_wave, line_pass, and the audit chain last.
--
-- The advisory lock is what a join and the close of the lobby share: joins hold it shared and moves hold it alone, so that
-- no entry slips in after the root of the entries was made. A share lock of the line's row would say the same, but joins
-- that never pause can starve the one who wants the row alone; the advisory lock has a queue. Its class is "line" in ASCII.

CREATE FUNCTION instant_of(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT timestamptz '1970-01-01 00:00:00+00' + ms * interval '1 millisecond'
$$;
CREATE FUNCTION ms_of(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT floor(extract(epoch FROM at) * 1000)::bigint
$$;

-- Lines ------------------------------------------------------------------------------------------------------------------

-- line_no is the line's name in the tables that have a row per fan: a million entries feel twelve bytes. In functions
-- a row of this table is a record: the type "line" is a geometric one.
CREATE TABLE line (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  line_no integer GENERATED ALWAYS AS IDENTITY CONSTRAINT line_no_once UNIQUE,
  event_id uuid NOT NULL CONSTRAINT line_event_known REFERENCES event (id),
  window_key text NOT NULL,
  state text NOT NULL DEFAULT 'closed'
    CONSTRAINT line_state_known CHECK (state IN ('closed', 'lobby', 'drawing', 'open', 'paused', 'draining')),
  lobby_opens_at timestamptz NOT NULL,
  draws_at timestamptz NOT NULL,
  one_per text NOT NULL CHECK (one_per IN ('account', 'address')),
  require_verified_email boolean NOT NULL,
  public_value_source text,
  cap integer NOT NULL CHECK (cap >= 0),
  inflow_per_second integer NOT NULL CHECK (inflow_per_second >= 0),
  pace_pct integer NOT NULL CHECK (pace_pct BETWEEN 1 AND 100),
  pass_ttl_ms integer NOT NULL CHECK (pass_ttl_ms > 0),
  pass_max_ms integer NOT NULL CHECK (pass_max_ms > 0),
  grace_ms integer NOT NULL CHECK (grace_ms >= 0),
  notice text NOT NULL,
  commitment text CHECK (commitment ~ '^[0-9a-f]{64}$'),
  entries_root text CHECK (entries_root ~ '^[0-9a-f]{64}$'),
  public_value text,
  -- Revealed by the draw; before it the seed is in line_seed alone.
  seed text,
  drawn integer CHECK (drawn >= 0),
  last_number integer NOT NULL DEFAULT 0,
  -- When the lobby opened.
  opened_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT line_window_once UNIQUE (event_id, window_key),
  CONSTRAINT line_lobby_before_draw CHECK (lobby_opens_at <= draws_at),
  CONSTRAINT line_closed_when CHECK ((state = 'closed') = (opened_at IS NULL OR finished_at IS NOT NULL)),
  CONSTRAINT line_committed_when CHECK ((opened_at IS NULL) = (commitment IS NULL)),
  CONSTRAINT line_drawn_when CHECK ((state IN ('closed', 'lobby')) OR drawn IS NOT NULL),
  CONSTRAINT line_seed_when CHECK ((state IN ('closed', 'lobby', 'drawing')) OR seed IS NOT NULL),
  CONSTRAINT line_seed_as_committed CHECK (seed IS NULL OR encode(sha256(decode(seed, 'hex')), 'hex') = commitment),
  -- The seed is not shown before all that it is mixed with stands fast.
  CONSTRAINT line_drawn_in_public CHECK (
    seed IS NULL OR entries_root IS NOT NULL AND (public_value_source IS NULL) = (public_value IS NULL)),
  CONSTRAINT line_numbers_from_draw CHECK (last_number >= coalesce(drawn, 0))
);
CREATE TRIGGER line_in_tx BEFORE INSERT OR UPDATE OR DELETE ON line FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Apart, so that nothing that reads a line can read its seed before the draw.
CREATE TABLE line_seed (
  line_no integer CONSTRAINT line_seed_once PRIMARY KEY,
  seed text NOT NULL CHECK (seed ~ '^[0-9a-f]{64}$')
);
CREATE TRIGGER line_seed_in_tx BEFORE INSERT ON line_seed FOR EACH STATEMENT EXECUTE FUNCTION need_tx();
CREATE TRIGGER line_seed_unchanged BEFORE UPDATE OR DELETE ON line_seed FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Fans -------------------------------------------------------------------------------------------------------------------

-- At most eight columns: one more would make the header of every row eight bytes longer. What happens after a fan was let
-- in is in line_pass, because most never are.
CREATE TABLE line_entry (
  line_no integer NOT NULL,
  number integer CHECK (number > 0),
  account_id uuid NOT NULL,
  entry uuid NOT NULL,
  -- What else may stand in the line once; NULL in a line that has one place per account.
  person uuid,
  -- The number of the draw, of a fan who has taken another one at the end since.
  drawn_as integer,
  CONSTRAINT line_account_once PRIMARY KEY (line_no, account_id),
  CONSTRAINT line_entry_once UNIQUE (line_no, entry)
);
CREATE UNIQUE INDEX line_person_once ON line_entry (line_no, person) WHERE person IS NOT NULL;
CREATE UNIQUE INDEX line_number_once ON line_entry (line_no, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX line_drawn_once ON line_entry (line_no, drawn_as) WHERE drawn_as IS NOT NULL;
CREATE TRIGGER line_entry_in_tx BEFORE INSERT OR UPDATE OR DELETE ON line_entry
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- One row per number that was let in. Who joins again at the end has another number and so another row.
CREATE TABLE line_pass (
  line_no integer NOT NULL,
  number integer NOT NULL,
  account_id uuid NOT NULL,
  wave integer NOT NULL,
  present_since timestamptz NOT NULL,
  admitted_at timestamptz NOT NULL,
  extensions smallint NOT NULL DEFAULT 0,
  ended text CONSTRAINT line_pass_end_known CHECK (ended IN ('bought', 'left', 'expired', 'removed')),
  ended_at timestamptz,
  CONSTRAINT line_pass_once PRIMARY KEY (line_no, number),
  CONSTRAINT line_pass_ended_when CHECK ((ended IS NULL) = (ended_at IS NULL)),
  -- MORE_TIME_MAX of core/line/line.ts.
  CONSTRAINT line_more_time_max CHECK (extensions BETWEEN 0 AND 10)
);
CREATE UNIQUE INDEX line_pass_open_once ON line_pass (line_no, account_id) WHERE ended IS NULL;
CREATE TRIGGER line_pass_in_tx BEFORE INSERT OR UPDATE OR DELETE ON line_pass
  FOR EACH STATEMENT EXECUTE FUNCTION need_tx();

-- Waves ------------------------------------------------------------------------------------------------------------------

CREATE TABLE line_wave (
  line_no integer NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  at timestamptz NOT NULL,
  fence bigint NOT NULL,
  admitted integer NOT NULL CHECK (admitted >= 0),
  active_after integer NOT NULL CHECK (active_after >= 0),
  inputs jsonb NOT NULL,
  reason text NOT NULL,
  -- Ascending.
  numbers integer[] NOT NULL,
  CONSTRAINT line_wave_once PRIMARY KEY (line_no, seq),
  CONSTRAINT line_wave_counted CHECK (admitted = cardinality(numbers)),
  CONSTRAINT line_wave_within_cap CHECK (admitted = 0 OR active_after <= (inputs ->> 'cap')::integer),
  CONSTRAINT line_wave_within_inflow CHECK (admitted <= (inputs ->> 'inflowPerSecond')::integer)
);
CREATE INDEX line_wave_by_time ON line_wave (line_no, at);
CREATE TRIGGER line_wave_in_tx BEFORE INSERT ON line_wave FOR EACH STATEMENT EXECUTE FUNCTION need_tx();
CREATE TRIGGER line_wave_append_only BEFORE UPDATE OR DELETE ON line_wave FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The one controller of all lines. A holder renews its lease under the same fence; the next one gets a larger fence.
CREATE TABLE line_controller (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  holder text NOT NULL,
  fence bigint NOT NULL,
  until timestamptz NOT NULL
);

-- Lives of lines ---------------------------------------------------------------------------------------------------------

-- LINE_NEXT of core/line/line.ts, what a line may no longer change once its lobby was open, and that a draw is whole.
CREATE FUNCTION line_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_numbered integer;
BEGIN
  IF new.state <> old.state AND NOT (old.state || '>' || new.state = ANY (ARRAY[
    'closed>lobby', 'lobby>drawing', 'lobby>closed', 'drawing>open', 'drawing>closed',
    'open>paused', 'open>draining', 'open>closed',
    'paused>open', 'paused>draining', 'paused>closed',
    'draining>open', 'draining>paused', 'draining>closed'])
    OR old.state = 'closed' AND old.opened_at IS NOT NULL) THEN
    RAISE EXCEPTION 'line cannot go % -> %', old.state, new.state USING ERRCODE = '23514', CONSTRAINT = 'line_moves';
  END IF;
  IF (new.id, new.line_no, new.event_id) IS DISTINCT FROM (old.id, old.line_no, old.event_id)
    OR old.opened_at IS NOT NULL AND (new.window_key, new.lobby_opens_at, new.draws_at, new.one_per,
      new.require_verified_email, new.public_value_source, new.pass_ttl_ms, new.pass_max_ms, new.grace_ms, new.opened_at,
      new.commitment) IS DISTINCT FROM (old.window_key, old.lobby_opens_at, old.draws_at, old.one_per,
      old.require_verified_email, old.public_value_source, old.pass_ttl_ms, old.pass_max_ms, old.grace_ms, old.opened_at,
      old.commitment)
    OR old.entries_root IS NOT NULL AND new.entries_root IS DISTINCT FROM old.entries_root
    OR old.public_value IS NOT NULL AND new.public_value IS DISTINCT FROM old.public_value
    OR old.seed IS NOT NULL AND new.seed IS DISTINCT FROM old.seed
    OR old.drawn IS NOT NULL AND new.drawn IS DISTINCT FROM old.drawn
    OR new.last_number < old.last_number THEN
    RAISE EXCEPTION 'this is fixed once the lobby was open' USING ERRCODE = '23514', CONSTRAINT = 'line_fixed';
  END IF;
  IF new.seed IS NOT NULL AND old.seed IS NULL THEN
    SELECT count(*) INTO v_numbered FROM line_entry WHERE line_no = new.line_no AND number BETWEEN 1 AND new.drawn;
    IF v_numbered <> new.drawn THEN
      RAISE EXCEPTION '% of % entries of the draw have a number', v_numbered, new.drawn
        USING ERRCODE = '23514', CONSTRAINT = 'line_all_drawn';
    END IF;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER line_moves BEFORE UPDATE ON line FOR EACH ROW EXECUTE FUNCTION line_moves();
CREATE TRIGGER line_stays BEFORE DELETE ON line FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A line from settings {eventId, settings, actor}; NULL when the event has one for this window. Times are epoch
-- milliseconds.
CREATE FUNCTION create_line(p jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  v_id uuid;
  v_event uuid := (p ->> 'eventId')::uuid;
BEGIN
  PERFORM guard_tx();
  INSERT INTO line (event_id, window_key, lobby_opens_at, draws_at, one_per, require_verified_email, public_value_source,
    cap, inflow_per_second, pace_pct, pass_ttl_ms, pass_max_ms, grace_ms, notice)
  SELECT v_event, s."windowKey", instant_of(s."lobbyOpensAtMs"), instant_of(s."drawsAtMs"), s."onePer",
    s."requireVerifiedEmail", s."publicValueSource", s.cap, s."inflowPerSecond", s."pacePct", s."passTtlMs", s."passMaxMs",
    s."graceMs", s.notice
  FROM jsonb_to_record(p -> 'settings') s ("windowKey" text, "lobbyOpensAtMs" bigint, "drawsAtMs" bigint, "onePer" text,
    "requireVerifiedEmail" boolean, "publicValueSource" text, cap integer, "inflowPerSecond" integer, "pacePct" integer,
    "passTtlMs" integer, "passMaxMs" integer, "graceMs" integer, notice text)
  ON CONFLICT ON CONSTRAINT line_window_once DO NOTHING
  RETURNING id INTO v_id;
  IF v_id IS NOT NULL THEN
    PERFORM audit_append(v_event, p ->> 'actor', 'line.created',
      jsonb_build_object('line', v_id, 'settings', p -> 'settings'));
  END IF;
  RETURN v_id;
END $$;

-- New settings {lineId, settings, actor} for a line whose lobby was never open: "done", "fixed" or "not_found".
CREATE FUNCTION configure_line(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_old record;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_old FROM line WHERE id = (p ->> 'lineId')::uuid FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  IF v_old.opened_at IS NOT NULL THEN
    RETURN 'fixed';
  END IF;
  UPDATE line SET window_key = s."windowKey", lobby_opens_at = instant_of(s."lobbyOpensAtMs"),
    draws_at = instant_of(s."drawsAtMs"), one_per = s."onePer", require_verified_email = s."requireVerifiedEmail",
    public_value_source = s."publicValueSource", cap = s.cap, inflow_per_second = s."inflowPerSecond",
    pace_pct = s."pacePct", pass_ttl_ms = s."passTtlMs", pass_max_ms = s."passMaxMs", grace_ms = s."graceMs",
    notice = s.notice
  FROM jsonb_to_record(p -> 'settings') s ("windowKey" text, "lobbyOpensAtMs" bigint, "drawsAtMs" bigint, "onePer" text,
    "requireVerifiedEmail" boolean, "publicValueSource" text, cap integer, "inflowPerSecond" integer, "pacePct" integer,
    "passTtlMs" integer, "passMaxMs" integer, "graceMs" integer, notice text)
  WHERE line_no = v_old.line_no;
  PERFORM audit_append(v_old.event_id, p ->> 'actor', 'line.configured',
    jsonb_build_object('line', v_old.id, 'settings', p -> 'settings'));
  RETURN 'done';
END $$;

-- {lineId, levers, actor}: whether there is such a line. Levers that are not named stay as they are.
CREATE FUNCTION pull_line_levers(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_event uuid;
  v_levers jsonb := p -> 'levers';
BEGIN
  PERFORM guard_tx();
  UPDATE line SET cap = coalesce((v_levers ->> 'cap')::integer, cap),
    inflow_per_second = coalesce((v_levers ->> 'inflowPerSecond')::integer, inflow_per_second),
    pace_pct = coalesce((v_levers ->> 'pacePct')::integer, pace_pct),
    notice = coalesce(v_levers ->> 'notice', notice)
  WHERE id = (p ->> 'lineId')::uuid RETURNING event_id INTO v_event;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM audit_append(v_event, p ->> 'actor', 'line.levers',
    jsonb_build_object('line', p -> 'lineId', 'levers', v_levers));
  RETURN true;
END $$;

-- Moves a line to `to` if it is in one of `from`: {lineId, from, to, actor, seed, commitment}, the last two to open the
-- lobby alone. Closing the lobby counts the entries of the draw; opening the line reveals the seed. Returns {kind: moved |
-- refused | not_found, from}.
CREATE FUNCTION move_line(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_to text := p ->> 'to';
  v_no integer;
  v_drawn integer;
  v_old record;
BEGIN
  PERFORM guard_tx();
  SELECT line_no INTO v_no FROM line WHERE id = (p ->> 'lineId')::uuid;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'not_found');
  END IF;
  PERFORM pg_advisory_xact_lock(1818848869, v_no);
  SELECT * INTO v_old FROM line WHERE line_no = v_no FOR NO KEY UPDATE;
  IF NOT p -> 'from' ? v_old.state OR v_old.finished_at IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'refused', 'from', v_old.state);
  END IF;
  IF v_to = 'lobby' THEN
    INSERT INTO line_seed (line_no, seed) VALUES (v_no, p ->> 'seed');
    IF encode(sha256(decode(p ->> 'seed', 'hex')), 'hex') IS DISTINCT FROM p ->> 'commitment' THEN
      RAISE EXCEPTION 'the commitment is not that of the seed'
        USING ERRCODE = '23514', CONSTRAINT = 'line_seed_as_committed';
    END IF;
    UPDATE line SET state = v_to, opened_at = clock_timestamp(), commitment = p ->> 'commitment' WHERE line_no = v_no;
  ELSIF v_to = 'drawing' THEN
    SELECT count(*) INTO v_drawn FROM line_entry WHERE line_no = v_no;
    UPDATE line SET state = v_to, drawn = v_drawn, last_number = v_drawn WHERE line_no = v_no;
  ELSIF v_to = 'open' AND v_old.state = 'drawing' THEN
    UPDATE line SET state = v_to, seed = s.seed FROM line_seed s WHERE line.line_no = v_no AND s.line_no = v_no;
  ELSE
    UPDATE line SET state = v_to, finished_at = CASE WHEN v_to = 'closed' THEN clock_timestamp() END WHERE line_no = v_no;
  END IF;
  PERFORM audit_append(v_old.event_id, p ->> 'actor', 'line.moved', jsonb_strip_nulls(jsonb_build_object(
    'line', v_old.id, 'from', v_old.state, 'to', v_to, 'commitment', p -> 'commitment', 'drawn', v_drawn)));
  RETURN jsonb_build_object('kind', 'moved', 'from', v_old.state);
END $$;

-- The root of the entries and, after it, the public value: facts of the draw that are written once, while drawing.
-- {lineId, entriesRoot | publicValue, actor}: whether it stands there now.
CREATE FUNCTION set_draw_fact(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_root text := p ->> 'entriesRoot';
  v_value text := p ->> 'publicValue';
  v_line record;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_line FROM line WHERE id = (p ->> 'lineId')::uuid FOR NO KEY UPDATE;
  IF v_line.entries_root = v_root OR v_line.public_value = v_value THEN
    RETURN true;
  END IF;
  IF v_line.state IS DISTINCT FROM 'drawing' OR v_root IS NOT NULL AND v_line.entries_root IS NOT NULL
    OR v_value IS NOT NULL AND (v_line.public_value IS NOT NULL OR v_line.public_value_source IS NULL) THEN
    RETURN false;
  END IF;
  UPDATE line SET entries_root = coalesce(v_root, entries_root), public_value = coalesce(v_value, public_value)
  WHERE line_no = v_line.line_no;
  PERFORM audit_append(v_line.event_id, p ->> 'actor',
    CASE WHEN v_root IS NULL THEN 'line.public_value' ELSE 'line.entries_root' END,
    jsonb_strip_nulls(jsonb_build_object('line', v_line.id, 'entriesRoot', v_root, 'publicValue', v_value)));
  RETURN true;
END $$;

-- A page of the draw's entries in byte order, those after p_after: by line_entry_once, in whose order they are, so that no
-- page sorts the table. Who joined after the lobby has a number above `drawn` from the start.
CREATE FUNCTION draw_entries(p_line uuid, p_after uuid, p_limit integer) RETURNS SETOF text LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
  v_no integer;
  v_drawn integer;
BEGIN
  SELECT line_no, drawn INTO v_no, v_drawn FROM line WHERE id = p_line;
  RETURN QUERY
    SELECT encode(uuid_send(e.entry), 'hex') FROM line_entry e
    WHERE e.line_no = v_no AND e.entry >= coalesce(p_after, '00000000-0000-0000-0000-000000000000')
      AND e.entry IS DISTINCT FROM p_after AND (e.number IS NULL OR e.drawn_as IS NOT NULL OR e.number <= v_drawn)
    ORDER BY e.line_no, e.entry LIMIT p_limit;
END $$;

-- Gives p_first, p_first + 1 ... to these entries of the draw. Again is harmless; other numbers than before are refused.
-- The line's number comes as a column beside the entries and not as a constant: the planner does not know how many of the
-- table's rows belong to one line before an ANALYZE, and would start from those.
CREATE FUNCTION number_entries(p_line uuid, p_first integer, p_entries uuid[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lines integer[];
  v_count integer;
BEGIN
  PERFORM guard_tx();
  SELECT array_fill(line_no, ARRAY[cardinality(p_entries)]) INTO v_lines FROM line
  WHERE id = p_line AND state = 'drawing' AND entries_root IS NOT NULL
    AND (public_value_source IS NULL) = (public_value IS NULL) AND p_first + cardinality(p_entries) - 1 <= drawn;
  UPDATE line_entry e SET number = p_first + t.n - 1
  FROM unnest(v_lines, p_entries) WITH ORDINALITY t (line_no, entry, n)
  WHERE e.line_no = t.line_no AND e.entry = t.entry AND e.number IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count < cardinality(p_entries) THEN
    SELECT count(*) INTO v_count FROM unnest(v_lines, p_entries) WITH ORDINALITY t (line_no, entry, n)
    JOIN line_entry e ON e.line_no = t.line_no AND e.entry = t.entry AND e.number = p_first + t.n - 1;
  END IF;
  IF v_count < cardinality(p_entries) THEN
    RAISE EXCEPTION 'line % does not give these numbers to these entries', p_line
      USING ERRCODE = '23514', CONSTRAINT = 'line_numbers_fixed';
  END IF;
END $$;

-- Joins ------------------------------------------------------------------------------------------------------------------

-- Puts fans in lines, in the order given: without a number in the lobby, with the next one after it. Who stands there, or
-- whose person does, is left out; so are lines that take nobody. Returns how many are new.
CREATE FUNCTION insert_entries(p_lines integer[], p_accounts uuid[], p_entries uuid[], p_persons uuid[])
RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lobby integer[];
  v_numbered integer[];
  v_new integer := 0;
  r record;
BEGIN
  PERFORM guard_tx();
  FOR r IN SELECT DISTINCT n FROM unnest(p_lines) n WHERE n IS NOT NULL ORDER BY n LOOP
    PERFORM pg_advisory_xact_lock_shared(1818848869, r.n);
  END LOOP;
  -- From here on no line moves.
  v_lobby := ARRAY(SELECT line_no FROM line WHERE line_no = ANY (p_lines) AND state = 'lobby');
  v_numbered := ARRAY(SELECT line_no FROM line WHERE line_no = ANY (p_lines) AND state IN ('drawing', 'open', 'paused'));

  IF cardinality(v_lobby) > 0 THEN
    INSERT INTO line_entry (line_no, account_id, entry, person)
    SELECT a.line_no, a.account_id, a.entry, a.person
    FROM unnest(p_lines, p_accounts, p_entries, p_persons) a (line_no, account_id, entry, person)
    WHERE a.line_no = ANY (v_lobby) ORDER BY a.line_no, a.account_id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_new = ROW_COUNT;
  END IF;

  -- Numbers are counted under the row's lock. Everybody who could stand in the way is visible then, so what is inserted is
  -- exactly what was numbered.
  IF cardinality(v_numbered) > 0 THEN
    PERFORM FROM line WHERE line_no = ANY (v_numbered) ORDER BY line_no FOR NO KEY UPDATE;
    WITH asked AS (
      SELECT DISTINCT ON (a.line_no, a.account_id) a.*
      FROM unnest(p_lines, p_accounts, p_entries, p_persons) WITH ORDINALITY a (line_no, account_id, entry, person, n)
      WHERE a.line_no = ANY (v_numbered)
        AND NOT EXISTS (SELECT FROM line_entry e WHERE e.line_no = a.line_no AND e.account_id = a.account_id)
        AND NOT EXISTS (SELECT FROM line_entry e WHERE e.line_no = a.line_no AND e.person = a.person)
      ORDER BY a.line_no, a.account_id, a.n),
    fresh AS (
      SELECT DISTINCT ON (line_no, coalesce(person, account_id)) * FROM asked
      ORDER BY line_no, coalesce(person, account_id), n),
    written AS (
      INSERT INTO line_entry (line_no, number, account_id, entry, person)
      SELECT f.line_no, l.last_number + row_number() OVER (PARTITION BY f.line_no ORDER BY f.n), f.account_id, f.entry,
        f.person
      FROM fresh f JOIN line l ON l.line_no = f.line_no
      RETURNING line_no),
    counted AS (SELECT line_no, count(*)::integer AS fans FROM written GROUP BY line_no),
    counting AS (
      UPDATE line SET last_number = last_number + c.fans FROM counted c WHERE line.line_no = c.line_no RETURNING c.fans)
    SELECT v_new + coalesce(sum(fans), 0) INTO v_new FROM counting;
  END IF;
  RETURN v_new;
END $$;

-- A fan's place as the port gives it.
CREATE FUNCTION line_place(e line_entry) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('entry', replace(e.entry::text, '-', ''), 'number', e.number,
    'admittedAtMs', ms_of(p.admitted_at), 'ended', p.ended, 'extensions', coalesce(p.extensions, 0))
  FROM (VALUES (1)) one LEFT JOIN line_pass p ON p.line_no = e.line_no AND p.number = e.number
$$;

-- Many joins, [{lineId, accountId, entry, person}], in one statement. Returns {kind: joined | known | person_taken |
-- not_open | not_found, place, state} for each, in their order.
CREATE FUNCTION join_line(batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  v_lines integer[];
  v_accounts uuid[];
  v_entries uuid[];
  v_persons uuid[];
BEGIN
  PERFORM guard_tx();
  SELECT array_agg(l.line_no ORDER BY a.n), array_agg((a.j ->> 'accountId')::uuid ORDER BY a.n),
    array_agg((a.j ->> 'entry')::uuid ORDER BY a.n),
    array_agg(CASE WHEN l.one_per = 'address' THEN (a.j ->> 'person')::uuid END ORDER BY a.n)
    INTO v_lines, v_accounts, v_entries, v_persons
  FROM jsonb_array_elements(batch) WITH ORDINALITY a (j, n) LEFT JOIN line l ON l.id = (a.j ->> 'lineId')::uuid;
  PERFORM insert_entries(v_lines, v_accounts, v_entries, v_persons);
  RETURN (
    SELECT jsonb_agg(CASE
        WHEN a.line_no IS NULL THEN jsonb_build_object('kind', 'not_found')
        WHEN e.entry IS NOT NULL THEN jsonb_build_object('place', line_place(e), 'kind',
          CASE WHEN e.xmin = pg_current_xact_id()::xid AND a.entry = e.entry AND a.copy = 1 THEN 'joined' ELSE 'known' END)
        WHEN EXISTS (SELECT FROM line_entry o WHERE o.line_no = a.line_no AND o.person = a.person)
          THEN jsonb_build_object('kind', 'person_taken')
        ELSE jsonb_build_object('kind', 'not_open', 'state', l.state) END ORDER BY a.n)
    FROM (
      SELECT u.*, row_number() OVER (PARTITION BY u.line_no, u.entry ORDER BY u.n) AS copy
      FROM unnest(v_lines, v_accounts, v_entries, v_persons) WITH ORDINALITY u (line_no, account_id, entry, person, n)) a
    LEFT JOIN line l ON l.line_no = a.line_no
    LEFT JOIN line_entry e ON e.line_no = a.line_no AND e.account_id = a.account_id);
END $$;

-- Many joins of one line at once: how many are new. NULL when there is no such line.
CREATE FUNCTION join_many(p_line uuid, p_accounts uuid[], p_entries uuid[], p_persons uuid[]) RETURNS integer
LANGUAGE sql AS $$
  SELECT insert_entries(array_fill(line_no, ARRAY[cardinality(p_accounts)]), p_accounts, p_entries,
    CASE WHEN one_per = 'address' THEN p_persons ELSE array_fill(NULL::uuid, ARRAY[cardinality(p_accounts)]) END)
  FROM line WHERE id = p_line
$$;

-- At the end again, for a fan who is not inside: NULL without such a fan or while the line takes nobody. p_seen is the
-- number that the caller judged; with another one by now nothing changes.
CREATE FUNCTION rejoin_line(p_line uuid, p_account uuid, p_seen integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_line record;
  v_entry line_entry;
  v_next integer;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_line FROM line WHERE id = p_line FOR NO KEY UPDATE;
  IF v_line.state IS NULL OR v_line.state NOT IN ('open', 'paused') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO v_entry FROM line_entry WHERE line_no = v_line.line_no AND account_id = p_account FOR NO KEY UPDATE;
  IF NOT FOUND OR EXISTS (
    SELECT FROM line_pass WHERE line_no = v_line.line_no AND account_id = p_account AND ended IS NULL) THEN
    RETURN NULL;
  END IF;
  IF v_entry.number = coalesce(p_seen, v_entry.number) THEN
    UPDATE line SET last_number = last_number + 1 WHERE line_no = v_line.line_no RETURNING last_number INTO v_next;
    UPDATE line_entry SET number = v_next,
      drawn_as = coalesce(drawn_as, CASE WHEN number <= v_line.drawn THEN number END)
    WHERE line_no = v_line.line_no AND account_id = p_account RETURNING * INTO v_entry;
  END IF;
  RETURN line_place(v_entry);
END $$;

-- Waves and passes -------------------------------------------------------------------------------------------------------

-- {lineId, wave: {seq, atMs, fence, admitted, activeAfter, inputs, reason}, admitted: [{accountId, number,
-- presentSinceMs}]}: "recorded", "known" when it stood there, "differs" when another wave stands there, "fenced".
CREATE FUNCTION record_wave(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_no integer;
  v_fence bigint;
  v_wave jsonb := p -> 'wave';
  v_at timestamptz := instant_of((v_wave ->> 'atMs')::bigint);
  v_numbers integer[] := ARRAY(SELECT (a ->> 'number')::integer FROM jsonb_array_elements(p -> 'admitted') a ORDER BY 1);
BEGIN
  PERFORM guard_tx();
  SELECT line_no INTO STRICT v_no FROM line WHERE id = (p ->> 'lineId')::uuid;
  -- Whoever takes the lease over waits until this wave stands, or this one sees the new fence.
  SELECT fence INTO v_fence FROM line_controller FOR SHARE;
  IF (v_wave ->> 'fence')::bigint < v_fence THEN
    RETURN 'fenced';
  END IF;
  INSERT INTO line_wave (line_no, seq, at, fence, admitted, active_after, inputs, reason, numbers)
  VALUES (v_no, (v_wave ->> 'seq')::integer, v_at, (v_wave ->> 'fence')::bigint, (v_wave ->> 'admitted')::integer,
    (v_wave ->> 'activeAfter')::integer, v_wave -> 'inputs', v_wave ->> 'reason', v_numbers)
  ON CONFLICT ON CONSTRAINT line_wave_once DO NOTHING;
  IF NOT FOUND THEN
    RETURN (SELECT CASE WHEN numbers = v_numbers THEN 'known' ELSE 'differs' END FROM line_wave
      WHERE line_no = v_no AND seq = (v_wave ->> 'seq')::integer);
  END IF;
  INSERT INTO line_pass (line_no, number, account_id, wave, present_since, admitted_at)
  SELECT v_no, a.number, a."accountId", (v_wave ->> 'seq')::integer, instant_of(a."presentSinceMs"), v_at
  FROM jsonb_to_recordset(p -> 'admitted') a ("accountId" uuid, number integer, "presentSinceMs" bigint) ORDER BY a.number
  ON CONFLICT DO NOTHING;
  RETURN 'recorded';
END $$;

-- [{accountId, reason, atMs}]: passes that ended. The first reason stays, and an end from before a pass does not end it.
CREATE FUNCTION end_passes(p_line uuid, p_ends jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM guard_tx();
  WITH asked AS (
    SELECT DISTINCT ON (p.number) p.line_no, p.number, e.reason, instant_of(e."atMs") AS at
    FROM jsonb_to_recordset(p_ends) e ("accountId" uuid, reason text, "atMs" bigint)
    JOIN line l ON l.id = p_line
    JOIN line_pass p ON p.line_no = l.line_no AND p.account_id = e."accountId" AND p.ended IS NULL
    WHERE p.admitted_at <= instant_of(e."atMs")
    ORDER BY p.number, e."atMs"),
  -- In one order for everybody, the API's and the controller's.
  held AS MATERIALIZED (
    SELECT p.line_no, p.number FROM line_pass p JOIN asked a ON a.line_no = p.line_no AND a.number = p.number
    ORDER BY p.number FOR NO KEY UPDATE OF p)
  UPDATE line_pass p SET ended = a.reason, ended_at = a.at FROM asked a JOIN held h ON h.number = a.number
  WHERE p.line_no = a.line_no AND p.number = a.number AND p.ended IS NULL;
END $$;

-- One more extension: the place after it, or NULL when nobody is inside or none is left.
CREATE FUNCTION grant_more_time(p_line uuid, p_account uuid, p_max integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_entry line_entry;
BEGIN
  PERFORM guard_tx();
  UPDATE line_pass p SET extensions = p.extensions + 1 FROM line l, line_entry e
  WHERE l.id = p_line AND e.line_no = l.line_no AND e.account_id = p_account AND p.line_no = l.line_no
    AND p.number = e.number AND p.ended IS NULL AND p.extensions < p_max
  RETURNING e.* INTO v_entry;
  RETURN CASE WHEN FOUND THEN line_place(v_entry) END;
END $$;
