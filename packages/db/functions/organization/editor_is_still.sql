-- {byAccount, byRole}: whether who changes members is still what the change was judged by. For callers that hold the row of
-- the organization: roles change under it alone. byAccount null: nobody of the organization, as in the terminal.
CREATE OR REPLACE FUNCTION editor_is_still(v_org uuid, p jsonb) RETURNS boolean LANGUAGE sql AS $$
  SELECT p ->> 'byAccount' IS NULL OR EXISTS (
    SELECT FROM organization_member
    WHERE organization_id = v_org AND organization_in_scope(v_org) AND account_id = (p ->> 'byAccount')::uuid AND role = p ->> 'byRole')
$$;
