-- 0004 event: venues, layouts, events and their prices.

CREATE TABLE venue (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL CONSTRAINT venue_organization_known REFERENCES organization (id),
  name text NOT NULL,
  -- Street and postcode in one line of text, as people write it; "" where nobody said.
  address text NOT NULL DEFAULT '',
  city text NOT NULL,
  country text NOT NULL,
  time_zone text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT venue_of_organization UNIQUE (organization_id, id)
);
CREATE UNIQUE INDEX venue_name_city_once ON venue (organization_id, lower(name), lower(city));

-- What never changes of a layout version: functions/layout/layout_unchanged.sql.
CREATE TABLE layout (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL CONSTRAINT layout_organization_known REFERENCES organization (id),
  venue_id uuid,
  name text NOT NULL,
  hash text NOT NULL,
  seat_count integer NOT NULL CHECK (seat_count >= 0),
  ga_capacity integer NOT NULL CHECK (ga_capacity >= 0),
  document jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT layout_of_organization UNIQUE (organization_id, id),
  CONSTRAINT layout_hash_once UNIQUE (organization_id, hash),
  CONSTRAINT layout_venue_known FOREIGN KEY (organization_id, venue_id) REFERENCES venue (organization_id, id)
);
-- Documents are found by their hash alone, whoever has them.
CREATE INDEX layout_by_hash ON layout (hash);

CREATE TABLE event (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Its venue and its layout are of the same organization.
  organization_id uuid NOT NULL CONSTRAINT event_organization_known REFERENCES organization (id),
  slug text NOT NULL CONSTRAINT event_slug_once UNIQUE,
  title text NOT NULL,
  subtitle text NOT NULL DEFAULT '',
  description text NOT NULL DEFAULT '',
  genre text NOT NULL DEFAULT '',
  venue_id uuid NOT NULL,
  layout_id uuid,
  time_zone text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  doors_at timestamptz,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz,
  -- When the online sale ends; null: by the rule of salesEndOf in core/event/event-times.ts.
  sales_end_at timestamptz,
  -- Until when the event is listed; after it the event ends by itself. Set by the trigger event_over alone.
  over_at timestamptz NOT NULL,
  sale_windows jsonb NOT NULL DEFAULT '[]',
  hold_ttl_ms integer NOT NULL CHECK (hold_ttl_ms > 0),
  max_per_fan integer NOT NULL CHECK (max_per_fan > 0),
  state text NOT NULL DEFAULT 'draft'
    CHECK (state IN ('draft', 'published', 'on_sale', 'paused', 'sold_out', 'ended', 'cancelled')),
  price_version integer NOT NULL DEFAULT 0 CHECK (price_version >= 0),
  -- Counts the changes of the details: all that save_event writes.
  details_version integer NOT NULL DEFAULT 1 CONSTRAINT event_details_version_counts CHECK (details_version > 0),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  published_at timestamptz,
  -- When it ended or was cancelled, and when nothing of it was left open after that.
  closed_at timestamptz,
  drained_at timestamptz,
  CONSTRAINT event_venue_known FOREIGN KEY (organization_id, venue_id) REFERENCES venue (organization_id, id),
  CONSTRAINT event_layout_known FOREIGN KEY (organization_id, layout_id) REFERENCES layout (organization_id, id),
  CONSTRAINT event_needs_layout CHECK (state IN ('draft', 'cancelled') OR layout_id IS NOT NULL),
  CONSTRAINT event_needs_prices CHECK (state NOT IN ('on_sale', 'paused', 'sold_out') OR price_version > 0)
);
CREATE INDEX event_by_start ON event (starts_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX event_by_end ON event (over_at) WHERE state IN ('published', 'on_sale', 'paused', 'sold_out');
CREATE INDEX event_by_organization ON event (organization_id, created_at);
CREATE INDEX event_by_place_and_start ON event (venue_id, starts_at);
CREATE INDEX event_closing ON event (closed_at) WHERE state IN ('ended', 'cancelled') AND drained_at IS NULL;

-- Every slug that the public may know of an event, the one in force among them. One event each, for good: a link that was
-- printed once must never lead to somebody else's evening.
CREATE TABLE event_address (
  slug text CONSTRAINT event_address_once PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES event (id)
);
CREATE INDEX event_address_by_event ON event_address (event_id);

-- The names that events have in feeds of other systems (UID of iCalendar, id of a ticket feed). An event is one by such a
-- name, or by venue, title and instant; never by its slug.
CREATE TABLE event_feed (
  organization_id uuid NOT NULL REFERENCES organization (id),
  uid text NOT NULL CHECK (length(uid) BETWEEN 1 AND 500),
  event_id uuid NOT NULL REFERENCES event (id),
  -- The highest that was taken over; what is older changes nothing.
  sequence bigint NOT NULL,
  -- What the feed said then: only what it says differently later is taken over, so edits made here stay. As text (json), so
  -- that the order of its fields stays.
  said json NOT NULL,
  CONSTRAINT event_feed_uid_once PRIMARY KEY (organization_id, uid)
);
CREATE INDEX event_feed_by_event ON event_feed (event_id);

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
