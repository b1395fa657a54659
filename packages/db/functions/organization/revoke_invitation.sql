-- {organizationId, invitation, actor, byAccount, byRole}: "revoked" | "over" | "owner_needed" | "editor_changed". An offer to
-- become an owner is taken back by owners alone, as it is made by them alone.
CREATE OR REPLACE FUNCTION revoke_invitation(p jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_invitation organization_invitation;
BEGIN
  PERFORM guard_tx();
  PERFORM FROM organization WHERE id = v_org FOR NO KEY UPDATE;
  IF NOT editor_is_still(v_org, p) THEN
    RETURN 'editor_changed';
  END IF;
  SELECT * INTO v_invitation FROM organization_invitation
  WHERE id = (p ->> 'invitation')::uuid AND organization_id = v_org AND organization_in_scope(v_org)
    AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp() FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'over';
  END IF;
  IF v_invitation.role = 'owner' AND p ->> 'byRole' <> 'owner' THEN
    RETURN 'owner_needed';
  END IF;
  UPDATE organization_invitation SET revoked_at = clock_timestamp() WHERE id = v_invitation.id;
  PERFORM audit_append(v_org, p ->> 'actor', 'invitation.revoked',
    jsonb_build_object('invitation', v_invitation.id, 'email', v_invitation.email));
  RETURN 'revoked';
END $$;
