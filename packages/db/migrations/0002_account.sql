-- 0002 account: accounts, their sessions, passwords, addresses and what staff decided about them.

CREATE TABLE account (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The domain in ASCII, a name in one line without marks that nobody sees: core/account/email.ts and
  -- core/shared/human-text.ts make them so; here nothing else gets in.
  email text NOT NULL CONSTRAINT account_email_canonical CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[A-Za-z0-9.-]+$'),
  name text NOT NULL CONSTRAINT account_name_one_line
    CHECK (name !~ '[[:cntrl:]\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]'),
  password_hash text,
  role text NOT NULL CONSTRAINT account_role_known CHECK (role IN ('fan', 'operator')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  email_verified_at timestamptz,
  disabled_at timestamptz
);
CREATE UNIQUE INDEX account_email_once ON account (lower(email));

-- Sessions ---------------------------------------------------------------------------------------------------------------

CREATE TABLE session (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT session_account_known REFERENCES account (id) ON DELETE CASCADE,
  device text NOT NULL CHECK (length(device) BETWEEN 1 AND 100),
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- Over before its time, and by what: signed_out, elsewhere, password, role, disabled.
  ended_at timestamptz,
  ended_by text,
  CONSTRAINT session_ends_in_time CHECK (ends_at > created_at AND ends_at <= created_at + interval '720 hours'),
  CONSTRAINT session_ended_by_known CHECK (
    (ended_at IS NULL AND ended_by IS NULL)
    OR (ended_at IS NOT NULL AND ended_by IN ('signed_out', 'elsewhere', 'password', 'role', 'disabled')))
);
CREATE INDEX session_by_account ON session (account_id, created_at DESC);
CREATE INDEX session_ended_lately ON session (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX session_by_end ON session (ends_at);

-- Passwords and addresses ------------------------------------------------------------------------------------------------

-- Only the hash of what the mail says is here; it follows from `id` under a key that this database does not have.
CREATE TABLE password_reset (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL CONSTRAINT password_reset_account_known REFERENCES account (id) ON DELETE CASCADE,
  token_hash bytea NOT NULL CONSTRAINT password_reset_token_once UNIQUE CHECK (octet_length(token_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX password_reset_live ON password_reset (account_id) WHERE used_at IS NULL;

-- Not an account yet, and the same row whether or not the address has one: what tells them apart is in the mail alone.
CREATE TABLE sign_up (
  id uuid PRIMARY KEY,
  email text NOT NULL CONSTRAINT sign_up_email_canonical CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[a-z0-9.-]+$'),
  name text NOT NULL
    CONSTRAINT sign_up_name_one_line CHECK (name !~ '[[:cntrl:]\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]'),
  password_hash text NOT NULL,
  tries integer NOT NULL DEFAULT 0 CONSTRAINT sign_up_within_tries CHECK (tries BETWEEN 0 AND 5),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_up_by_email ON sign_up (email, expires_at);

-- The code in the mail follows from `nonce` under a key that this database does not have, so neither this table nor the job
-- that sends the mail gives it away. One code is live for each account.
CREATE TABLE email_code (
  account_id uuid PRIMARY KEY CONSTRAINT email_code_account_known REFERENCES account (id) ON DELETE CASCADE,
  nonce text NOT NULL CHECK (nonce <> ''),
  expires_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  sent_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Mails since `counted_from`; a day after it the count starts again.
  sends integer NOT NULL DEFAULT 1,
  counted_from timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT email_code_within_tries CHECK (tries BETWEEN 0 AND 5)
);

-- Risk -------------------------------------------------------------------------------------------------------------------

-- What staff decided last about an account. What was decided before is in the audit chain of the account's id.
CREATE TABLE risk_mark (
  account_id uuid PRIMARY KEY CONSTRAINT risk_mark_account_known REFERENCES account (id),
  state text NOT NULL CONSTRAINT risk_mark_state_known CHECK (state IN ('cleared', 'blocked')),
  reason text NOT NULL CHECK (reason <> '' AND length(reason) <= 500),
  marked_by text NOT NULL CHECK (marked_by <> ''),
  marked_at timestamptz NOT NULL
);
CREATE INDEX risk_mark_by_time ON risk_mark (marked_at DESC);
