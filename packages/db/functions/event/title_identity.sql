-- What two titles are compared by; core has tidied blanks and signs that nobody sees.
CREATE OR REPLACE FUNCTION title_identity(p_title text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(normalize(p_title, NFKC))
$$;
