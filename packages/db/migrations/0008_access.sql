-- 0008 access: codes and lists of e-mail addresses that open a presale, and who has access.
--
-- Redeeming a code locks its row, then the fan's grant, and nothing of a sale.

-- A code is kept as HMAC-SHA-256 under a key that this database does not have: whoever reads the table can enter none.
CREATE TABLE access_code (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code_hash bytea NOT NULL CONSTRAINT access_code_once UNIQUE CHECK (octet_length(code_hash) = 32),
  event_id uuid NOT NULL CONSTRAINT access_event_known REFERENCES event (id),
  window_key text NOT NULL CHECK (window_key <> 'public'),
  -- The codes that were made together; what is listed and revoked.
  batch_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('single', 'multi')),
  max_uses integer NOT NULL CHECK (max_uses > 0),
  uses integer NOT NULL DEFAULT 0,
  label text NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL,
  CONSTRAINT access_code_within_uses CHECK (uses BETWEEN 0 AND max_uses),
  CONSTRAINT access_code_single CHECK (kind <> 'single' OR max_uses = 1)
);
CREATE INDEX access_code_by_batch ON access_code (event_id, batch_id);

-- Whose account has one of these addresses needs no code. Lower case, as accounts have it.
CREATE TABLE access_list (
  event_id uuid NOT NULL CONSTRAINT access_list_event_known REFERENCES event (id),
  email text NOT NULL CHECK (email = lower(email))
    CONSTRAINT access_list_email_canonical CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[a-z0-9.-]+$'),
  window_key text NOT NULL CHECK (window_key <> 'public'),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT access_list_once PRIMARY KEY (event_id, email, window_key)
);

-- Who may buy in a presale, by a code or by a list; once per account and window, whatever opened it.
CREATE TABLE access_grant (
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  window_key text NOT NULL,
  code_id uuid REFERENCES access_code (id),
  granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT access_grant_once PRIMARY KEY (event_id, account_id, window_key)
);
CREATE INDEX access_grant_by_code ON access_grant (code_id) WHERE code_id IS NOT NULL;
