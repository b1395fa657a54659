-- 0007 line: who waits before a sale, in which order, and who was let in.
--
-- Lock order of every function that writes here: the line's advisory lock (by line_no), line (by line_no), line_entry,
-- line_controller, line_wave, line_pass, and the audit chain last.
--
-- The advisory lock is what a join and the close of the lobby share: joins hold it shared and moves hold it alone, so that
-- no entry slips in after the root of the entries was made. A share lock of the line's row would say the same, but joins
-- that never pause can starve the one who wants the row alone; the advisory lock has a queue. Its class is "line" in ASCII.

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
  -- Counts the changes of the settings, the levers among them.
  settings_version integer NOT NULL DEFAULT 1 CONSTRAINT line_settings_version_counts CHECK (settings_version > 0),
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

-- Apart, so that nothing that reads a line can read its seed before the draw.
CREATE TABLE line_seed (
  line_no integer CONSTRAINT line_seed_once PRIMARY KEY,
  seed text NOT NULL CHECK (seed ~ '^[0-9a-f]{64}$')
);

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

-- The one controller of all lines. A holder renews its lease under the same fence; the next one gets a larger fence.
CREATE TABLE line_controller (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  holder text NOT NULL,
  fence bigint NOT NULL,
  until timestamptz NOT NULL
);
