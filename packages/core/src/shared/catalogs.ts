/**
 * What an edge says, in each language that it has words in, by the language's subtag. English is in every catalogue, and
 * read by whoever has no other. A further language is one more file and one more entry.
 */
export type Catalogs<Catalog> = { readonly en: Catalog } & Readonly<Partial<Record<string, Catalog>>>;

/** The catalogue of a reader: by the language of their locale, or of any other tag of BCP 47. */
export function catalogFor<Catalog>(catalogs: Catalogs<Catalog>, locale: string): Catalog {
  const [language = ""] = locale.split("-");
  return (Object.hasOwn(catalogs, language) ? catalogs[language] : undefined) ?? catalogs.en;
}
