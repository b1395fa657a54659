/** A name of the database as it stands in a statement. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
