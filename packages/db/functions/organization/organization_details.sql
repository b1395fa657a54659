CREATE OR REPLACE FUNCTION organization_details(o organization) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('slug', o.slug, 'name', o.name, 'legalName', o.legal_name, 'address', o.address,
    'currency', o.currency, 'timeZone', o.time_zone, 'contactEmail', o.contact_email)
$$;
