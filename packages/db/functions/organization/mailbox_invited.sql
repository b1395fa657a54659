-- When the p_count-th last invitation went to this address since p_since, whoever sent it; NULL: fewer did. As the owner of
-- the tables, because a mailbox is everybody's: the portal of one organization sees nothing of what the others sent.
CREATE OR REPLACE FUNCTION mailbox_invited(p_email text, p_since timestamptz, p_count integer) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT created_at FROM organization_invitation WHERE email = p_email AND created_at > p_since
  ORDER BY created_at DESC OFFSET p_count - 1 LIMIT 1
$$;
