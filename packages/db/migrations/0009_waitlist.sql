-- 0009 waitlist: who waits for seats of an event that come back, and which seats were offered to whom.
--
-- Lock order of every function that writes here: waitlist_entry, waitlist_offer, waitlist_seat, job, and the audit chain
-- last. Orders are only read.

-- One row per wait. The order of an event's list is line_number (those who stood in its line), then seq.
CREATE TABLE waitlist_entry (
  id uuid CONSTRAINT waitlist_entry_once PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  event_id uuid NOT NULL CONSTRAINT waitlist_event_known REFERENCES event (id),
  account_id uuid NOT NULL CONSTRAINT waitlist_account_known REFERENCES account (id),
  line_number integer CHECK (line_number > 0),
  state text NOT NULL DEFAULT 'waiting'
    CONSTRAINT waitlist_state_known CHECK (state IN ('waiting', 'offered', 'over')),
  wishes jsonb NOT NULL,
  -- The same for equal wishes, so that thousands of fans are a few questions to the seat map.
  wishes_key text NOT NULL CHECK (wishes_key ~ '^[0-9a-f]{64}$'),
  quantity integer NOT NULL CHECK (quantity > 0),
  joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Passed over until then: the fan's limit did not allow it a moment ago.
  not_before timestamptz,
  -- Offers that reached the fan.
  offers integer NOT NULL DEFAULT 0 CHECK (offers >= 0),
  ended text CONSTRAINT waitlist_end_known CHECK (ended IN ('bought', 'declined', 'lapsed', 'left')),
  ended_at timestamptz,
  CONSTRAINT waitlist_ended_when CHECK ((state = 'over') = (ended IS NOT NULL) AND (state = 'over') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX waitlist_account_once ON waitlist_entry (event_id, account_id) WHERE state <> 'over';
CREATE INDEX waitlist_order ON waitlist_entry (event_id, line_number, seq) WHERE state = 'waiting';
CREATE INDEX waitlist_by_account ON waitlist_entry (account_id, seq DESC);

-- Written before its hold is taken; hold_id follows from the offer's id. told_at: the hold stands and the mail is in the
-- outbox. withdrawn: it never reached the fan, who still waits.
CREATE TABLE waitlist_offer (
  id uuid CONSTRAINT waitlist_offer_once PRIMARY KEY,
  entry_id uuid NOT NULL CONSTRAINT waitlist_offer_entry_known REFERENCES waitlist_entry (id),
  event_id uuid NOT NULL,
  account_id uuid NOT NULL,
  hold_id uuid NOT NULL CONSTRAINT waitlist_offer_hold_once UNIQUE,
  items jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open'
    CONSTRAINT waitlist_offer_state_known CHECK (state IN ('open', 'bought', 'declined', 'lapsed', 'withdrawn')),
  offered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  told_at timestamptz,
  order_id uuid,
  ended_at timestamptz,
  CONSTRAINT waitlist_offer_ended_when CHECK ((state = 'open') = (ended_at IS NULL)),
  CONSTRAINT waitlist_offer_bought_when CHECK ((state = 'bought') = (order_id IS NOT NULL))
);
CREATE UNIQUE INDEX waitlist_offer_open_once ON waitlist_offer (entry_id) WHERE state = 'open';
CREATE INDEX waitlist_offer_open ON waitlist_offer (event_id) WHERE state = 'open';
CREATE INDEX waitlist_offer_by_entry ON waitlist_offer (entry_id);

-- Seats of open offers: a seat is offered to one fan at a time, whatever two workers believe.
CREATE TABLE waitlist_seat (
  event_id uuid NOT NULL,
  seat_no integer NOT NULL,
  offer_id uuid NOT NULL,
  CONSTRAINT waitlist_seat_once PRIMARY KEY (event_id, seat_no)
);
CREATE INDEX waitlist_seat_by_offer ON waitlist_seat (offer_id);
