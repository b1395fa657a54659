-- 0003 organization: who sells. Venues, layouts and events are theirs; everything else hangs on an event.

CREATE TABLE organization (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL CONSTRAINT organization_slug_once UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 60),
  name text NOT NULL,
  legal_name text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  time_zone text NOT NULL,
  contact_email text NOT NULL,
  version integer NOT NULL DEFAULT 1 CONSTRAINT organization_version_counts CHECK (version > 0),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE organization_member (
  organization_id uuid NOT NULL REFERENCES organization (id),
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role text NOT NULL CONSTRAINT organization_role_known
    CHECK (role IN ('owner', 'manager', 'box_office', 'scanner', 'finance', 'read_only')),
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (organization_id, account_id)
);
CREATE INDEX organization_member_by_account ON organization_member (account_id);

-- Only the hash of what the mail says is here; it follows from `id` under a key that this database does not have.
CREATE TABLE organization_invitation (
  id uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id),
  email text NOT NULL CONSTRAINT organization_invitation_email_canonical CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[a-z0-9.-]+$'),
  role text NOT NULL CONSTRAINT organization_invitation_role_known
    CHECK (role IN ('owner', 'manager', 'box_office', 'scanner', 'finance', 'read_only')),
  token_hash bytea NOT NULL CONSTRAINT organization_invitation_token_once UNIQUE CHECK (octet_length(token_hash) = 32),
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz,
  CONSTRAINT organization_invitation_ends_once CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX organization_invitation_open ON organization_invitation (organization_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
