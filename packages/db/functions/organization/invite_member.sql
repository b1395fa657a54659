-- {id, organizationId, email, role, tokenHash (hex), ttlMs, liveMax, actor}: {kind: invited | member_already | too_many}.
-- An open invitation of the same address is taken back for the new one.
CREATE OR REPLACE FUNCTION invite_member(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_email text := p ->> 'email';
BEGIN
  PERFORM guard_tx();
  PERFORM FROM organization WHERE id = v_org FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM organization_member m JOIN account a ON a.id = m.account_id
      WHERE m.organization_id = v_org AND lower(a.email) = lower(v_email)) THEN
    RETURN jsonb_build_object('kind', 'member_already');
  END IF;
  UPDATE organization_invitation SET revoked_at = clock_timestamp()
  WHERE organization_id = v_org AND accepted_at IS NULL AND revoked_at IS NULL
    AND (email = v_email OR expires_at <= clock_timestamp());
  IF (SELECT count(*) FROM organization_invitation
      WHERE organization_id = v_org AND accepted_at IS NULL AND revoked_at IS NULL) >= (p ->> 'liveMax')::integer THEN
    RETURN jsonb_build_object('kind', 'too_many');
  END IF;
  INSERT INTO organization_invitation (id, organization_id, email, role, token_hash, invited_by, expires_at)
  VALUES ((p ->> 'id')::uuid, v_org, v_email, p ->> 'role', decode(p ->> 'tokenHash', 'hex'), p ->> 'actor',
    clock_timestamp() + (p ->> 'ttlMs')::bigint * interval '1 millisecond');
  INSERT INTO job (kind, effect, payload)
  VALUES ('mail.invitation', 'mail.invitation:' || (p ->> 'id'), jsonb_build_object('invitationId', p ->> 'id'));
  PERFORM audit_append(v_org, p ->> 'actor', 'member.invited',
    jsonb_build_object('invitation', p ->> 'id', 'email', v_email, 'role', p ->> 'role'));
  RETURN jsonb_build_object('kind', 'invited');
END $$;
