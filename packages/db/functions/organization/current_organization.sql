-- For which organization the portal works in this transaction; NULL: for none. Policies ask for every row.
CREATE OR REPLACE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('app.organization', true), '')::uuid
$$;
