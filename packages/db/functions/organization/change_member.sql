-- An organization keeps at least one owner: of changes at the same time the row of the organization makes one after the other.

-- {id, accountId, role, offers, actor, byAccount, byRole}: {kind: done, before}
-- | {kind: no_member | last_owner | owner_meanwhile | editor_changed}. byAccount null: nobody of the organization.
-- role null removes the member. offers: as what the member may invite others from now on; what they offered beyond it and
-- nobody took up is void.
CREATE OR REPLACE FUNCTION change_member(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'id')::uuid;
  v_account uuid := (p ->> 'accountId')::uuid;
  v_role text := p ->> 'role';
  v_before text;
  v_offer organization_invitation;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM organization WHERE id = v_org FOR NO KEY UPDATE;
  IF NOT editor_is_still(v_org, p) THEN
    RETURN jsonb_build_object('kind', 'editor_changed');
  END IF;
  SELECT role INTO v_before FROM organization_member
  WHERE organization_id = v_org AND organization_in_scope(v_org) AND account_id = v_account;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'no_member');
  END IF;
  IF (v_before = 'owner' OR v_role = 'owner') AND p ->> 'byRole' <> 'owner' THEN
    RETURN jsonb_build_object('kind', 'owner_meanwhile');
  END IF;
  IF v_before = 'owner' AND v_role IS DISTINCT FROM 'owner' AND NOT EXISTS (
      SELECT FROM organization_member WHERE organization_id = v_org AND role = 'owner' AND account_id <> v_account) THEN
    RETURN jsonb_build_object('kind', 'last_owner');
  END IF;
  IF v_role IS NOT DISTINCT FROM v_before THEN
    RETURN jsonb_build_object('kind', 'done', 'before', v_before);
  END IF;
  IF v_role IS NULL THEN
    DELETE FROM organization_member WHERE organization_id = v_org AND account_id = v_account;
  ELSE
    UPDATE organization_member SET role = v_role WHERE organization_id = v_org AND account_id = v_account;
  END IF;
  -- Before the entry of the member: who takes an offer up locks it first and the trail after it.
  FOR v_offer IN
    UPDATE organization_invitation SET revoked_at = clock_timestamp()
    WHERE organization_id = v_org AND invited_by = (SELECT email FROM account WHERE id = v_account)
      AND accepted_at IS NULL AND revoked_at IS NULL
      AND NOT coalesce(p -> 'offers' ? role, false)
    RETURNING *
  LOOP
    PERFORM audit_append(v_org, p ->> 'actor', 'invitation.revoked',
      jsonb_build_object('invitation', v_offer.id, 'email', v_offer.email, 'invitedBy', v_offer.invited_by));
  END LOOP;
  PERFORM audit_append(v_org, p ->> 'actor', CASE WHEN v_role IS NULL THEN 'member.removed' ELSE 'member.role' END,
    jsonb_build_object('account', v_account, 'before', v_before, 'after', v_role));
  RETURN jsonb_build_object('kind', 'done', 'before', v_before);
END $$;
