import type { Sql } from "../client.ts";

/**
 * All that a database has, from its catalogue, as text that people compare: each table with its columns, constraints, indexes,
 * triggers and policies, then the other objects. What a function says stands in its file.
 */
export async function readSchema(sql: Sql): Promise<string> {
  const rows = await sql<{ text: string }[]>`
    with relation as (
      select c.oid, c.relname as name, c.relkind as kind, c.relrowsecurity as secured, c.relforcerowsecurity as forced
      from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'c', 'v', 'm')
    ), line as (
      select name, 0 as part, 0 as place, '' as key, case kind when 'c' then 'type' when 'v' then 'view' when 'm' then
        'materialized view' else 'table' end || ' ' || name || case when secured then ', row security' else '' end
        || case when forced then ' forced' else '' end as text from relation
      union all
      select r.name, 1, a.attnum, '', '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attnotnull then ' not null' else '' end
        || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
        || case a.attgenerated when '' then coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
             else ' generated ' || pg_get_expr(d.adbin, d.adrelid) end
      from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
      union all
      select r.name, 2, 0, k.conname, '  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
      from relation r join pg_constraint k on k.conrelid = r.oid and k.contype in ('c', 'f', 'p', 'u', 'x')
      union all
      select r.name, 3, 0, i.relname, '  ' || replace(replace(pg_get_indexdef(x.indexrelid), current_schema() || '.', ''),
        ' USING btree', '')
      from relation r join pg_index x on x.indrelid = r.oid join pg_class i on i.oid = x.indexrelid
      where not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
      union all
      select r.name, 4, 0, t.tgname, '  ' || replace(pg_get_triggerdef(t.oid), current_schema() || '.', '')
      from relation r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
      union all
      select r.name, 5, 0, p.polname, '  policy ' || coalesce((select case when o.rolname like '%\\_portal' then 'of the portal' else 'of the application' end
          from pg_roles o where o.oid = any (p.polroles) and o.rolname = p.polname), p.polname) || case when p.polpermissive then '' else ' restrictive' end
        || ' for ' || p.polcmd::text || coalesce(' using ' || regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g'), '')
        || coalesce(' with check ' || regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '\\s+', ' ', 'g'), '')
      from relation r join pg_policy p on p.polrelid = r.oid
      union all
      select r.name, 6, 0, '', pg_get_viewdef(r.oid) from relation r where r.kind in ('v', 'm')
      union all
      select '~ sequence', 7, 0, s.relname, 'sequence ' || s.relname from pg_class s
      where s.relkind = 'S' and s.relnamespace = current_schema()::regnamespace
        and not exists (select from pg_depend d where d.objid = s.oid and d.deptype = 'i' and d.classid = 'pg_class'::regclass)
      union all
      select '~ type', 8, 0, t.typname, 'type ' || t.typname || ' ' || case t.typtype when 'd' then
        format_type(t.typbasetype, t.typtypmod) else coalesce((select string_agg(e.enumlabel, ', ' order by e.enumsortorder)
        from pg_enum e where e.enumtypid = t.oid), '') end
      from pg_type t where t.typnamespace = current_schema()::regnamespace and t.typtype in ('d', 'e')
      union all
      select '~~ function', 9, 0, p.proname, 'function ' || p.proname || '(' || pg_get_function_arguments(p.oid)
        || ') returns ' || pg_get_function_result(p.oid) || ' ' || l.lanname
        || case p.provolatile when 'i' then ' immutable' when 's' then ' stable' else '' end
        || case when p.prosecdef then ' security definer' else '' end
        || coalesce(' set ' || array_to_string(p.proconfig, ', '), '')
      from pg_proc p join pg_language l on l.oid = p.prolang where p.pronamespace = current_schema()::regnamespace)
    select text from line order by name collate "C", part, place, key collate "C", text collate "C"`;
  return (
    rows
      .map(({ text }) => (/^(?:table|type|view) /.test(text) ? `\n${text}` : text))
      .join("\n")
      .trimStart() + "\n"
  );
}

/** What the program and the functions agree on, one line for each: all that is called or sent from outside the database. */
export async function readContract(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select p.proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid) as line
    from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prorettype <> 'trigger'::regtype
    union all
    select 'type ' || c.relname || ' (' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
      order by a.attnum) || ')'
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'c'
    group by c.relname`;
  return rows.map(({ line }) => line).sort();
}
