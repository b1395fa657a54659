-- {organizationId, invitation, actor}: whether it was open.
CREATE OR REPLACE FUNCTION revoke_invitation(p jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_email text;
BEGIN
  PERFORM guard_tx();
  UPDATE organization_invitation SET revoked_at = clock_timestamp()
  WHERE id = (p ->> 'invitation')::uuid AND organization_id = (p ->> 'organizationId')::uuid
    AND organization_in_scope(organization_id)
    AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > clock_timestamp()
  RETURNING email INTO v_email;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM audit_append((p ->> 'organizationId')::uuid, p ->> 'actor', 'invitation.revoked',
    jsonb_build_object('invitation', p ->> 'invitation', 'email', v_email));
  RETURN true;
END $$;
