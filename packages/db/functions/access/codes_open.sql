-- How many codes of a presale still let somebody in.
CREATE OR REPLACE FUNCTION codes_open(p_event uuid, p_window text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM access_code
  WHERE event_id = p_event AND window_key = p_window AND revoked_at IS NULL AND uses < max_uses
$$;
