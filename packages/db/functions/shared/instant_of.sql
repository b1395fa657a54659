-- Epoch milliseconds to an instant, and ms_of back.
CREATE OR REPLACE FUNCTION instant_of(ms bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT timestamptz '1970-01-01 00:00:00+00' + ms * interval '1 millisecond'
$$;
