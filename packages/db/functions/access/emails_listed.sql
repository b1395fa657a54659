-- How many addresses are on a presale's list.
CREATE OR REPLACE FUNCTION emails_listed(p_event uuid, p_window text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT count(*)::integer FROM access_list WHERE event_id = p_event AND window_key = p_window
$$;
