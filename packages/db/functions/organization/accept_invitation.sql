-- {tokenHash (hex), accountId, email}: {kind: joined, organizationId} | {kind: over | other_address}. Who is a member already
-- stays what they are. Its audit entry is the member's own.
CREATE OR REPLACE FUNCTION accept_invitation(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_invitation organization_invitation;
BEGIN
  PERFORM guard_tx();
  SELECT * INTO v_invitation FROM organization_invitation
  WHERE token_hash = decode(p ->> 'tokenHash', 'hex') AND accepted_at IS NULL AND revoked_at IS NULL
    AND expires_at > clock_timestamp() AND NOT inviter_is_gone(invited_by, organization_id) FOR UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('kind', 'over');
  END IF;
  IF v_invitation.email <> p ->> 'email' THEN
    RETURN jsonb_build_object('kind', 'other_address');
  END IF;
  UPDATE organization_invitation SET accepted_at = clock_timestamp() WHERE id = v_invitation.id;
  INSERT INTO organization_member (organization_id, account_id, role)
  VALUES (v_invitation.organization_id, (p ->> 'accountId')::uuid, v_invitation.role)
  ON CONFLICT (organization_id, account_id) DO NOTHING;
  PERFORM audit_append(v_invitation.organization_id, p ->> 'email', 'member.joined',
    jsonb_build_object('invitation', v_invitation.id, 'account', p ->> 'accountId', 'role', v_invitation.role));
  RETURN jsonb_build_object('kind', 'joined', 'organizationId', v_invitation.organization_id);
END $$;
