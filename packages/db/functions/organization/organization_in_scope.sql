-- Whether it is the organization that this transaction works for; each is where none was named. As event_in_scope(), beside
-- an organization's id.
CREATE OR REPLACE FUNCTION organization_in_scope(p_organization uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_organization() IS NULL OR p_organization = current_organization()
$$;
