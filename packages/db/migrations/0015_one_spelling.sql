-- 0015 one spelling: an address has its domain in ASCII, a name is one line without marks that nobody sees. core/account/email.ts
-- and core/shared/human-text.ts make them so; here nothing else gets in. Addresses of before are ASCII: no others were taken.

UPDATE account SET email = lower(btrim(email)) WHERE email <> lower(btrim(email));
UPDATE account
SET name = coalesce(nullif(btrim(regexp_replace(regexp_replace(name, '[[:cntrl:][:space:]\u2028\u2029]+', ' ', 'g'),
  '[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g')), ''), split_part(email, '@', 1))
WHERE name ~ '[[:cntrl:]\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]';

ALTER TABLE account ADD CONSTRAINT account_email_canonical
  CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[A-Za-z0-9.-]+$');
ALTER TABLE account ADD CONSTRAINT account_name_one_line
  CHECK (name !~ '[[:cntrl:]\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]');
ALTER TABLE access_list ADD CONSTRAINT access_list_email_canonical
  CHECK (email ~ '^[^@[:space:][:cntrl:]]+@[a-z0-9.-]+$');
