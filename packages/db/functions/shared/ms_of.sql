-- An instant to epoch milliseconds, as the ports speak of it.
CREATE OR REPLACE FUNCTION ms_of(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT floor(extract(epoch FROM at) * 1000)::bigint
$$;
