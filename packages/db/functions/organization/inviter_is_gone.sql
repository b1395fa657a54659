-- Whether the account that invited is disabled, or neither a member here nor an operator any more. What a member may no longer
-- offer after a change of role is void for good (change_member); this asks what changes elsewhere.
CREATE OR REPLACE FUNCTION inviter_is_gone(p_by text, p_organization uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM account a
    WHERE lower(a.email) = lower(p_by) AND (a.disabled_at IS NOT NULL OR a.role <> 'operator' AND NOT EXISTS (
      SELECT FROM organization_member m WHERE m.organization_id = p_organization AND m.account_id = a.id)))
$$;
