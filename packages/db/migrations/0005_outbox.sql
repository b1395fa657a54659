-- 0005 outbox: work that must happen at least once after a commit.

-- Work that must happen at least once after a commit. `effect` names the effect, so enqueuing it twice is enqueuing it once.
CREATE TABLE job (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  effect text NOT NULL CONSTRAINT job_effect_once UNIQUE,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lease_until timestamptz,
  -- Which worker has it, for people who ask; the lease alone decides.
  leased_by text,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at timestamptz,
  parked_at timestamptz,
  last_error text
);
CREATE INDEX job_due ON job (kind, run_at) WHERE done_at IS NULL AND parked_at IS NULL;
