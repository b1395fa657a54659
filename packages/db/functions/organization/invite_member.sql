-- {id, organizationId, email, role, tokenHash (hex), ttlMs, liveMax, mailboxPerDay, organizationPerDay, actor, byAccount,
-- byRole}: {kind: invited | member_already | too_many | editor_changed} | {kind: too_soon, retryInMs}. An open invitation of
-- the same address is taken back for the new one; its mail was sent all the same, and counts.
CREATE OR REPLACE FUNCTION invite_member(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  v_org uuid := (p ->> 'organizationId')::uuid;
  v_email text := p ->> 'email';
  v_now timestamptz := clock_timestamp();
  v_day interval := interval '1 day';
  v_again timestamptz;
BEGIN
  PERFORM guard_tx();
  PERFORM need_organization(v_org);
  PERFORM pg_advisory_xact_lock(hashtextextended('invitation ' || v_email, 0));
  PERFORM FROM organization WHERE id = v_org FOR NO KEY UPDATE;
  IF NOT editor_is_still(v_org, p) THEN
    RETURN jsonb_build_object('kind', 'editor_changed');
  END IF;
  IF EXISTS (SELECT FROM organization_member m JOIN account a ON a.id = m.account_id
      WHERE m.organization_id = v_org AND lower(a.email) = lower(v_email)) THEN
    RETURN jsonb_build_object('kind', 'member_already');
  END IF;
  -- The oldest of as many mails as a day has: when it is a day old there is room again.
  SELECT max(created_at) INTO v_again FROM (
    SELECT mailbox_invited(v_email, v_now - v_day, (p ->> 'mailboxPerDay')::integer) AS created_at
    UNION ALL
    (SELECT created_at FROM organization_invitation WHERE organization_id = v_org AND created_at > v_now - v_day
      ORDER BY created_at DESC OFFSET (p ->> 'organizationPerDay')::integer - 1 LIMIT 1)) sent;
  IF v_again IS NOT NULL THEN
    RETURN jsonb_build_object('kind', 'too_soon',
      'retryInMs', greatest(1, ceil(extract(epoch FROM v_again + v_day - v_now) * 1000)));
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
