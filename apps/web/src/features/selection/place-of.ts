type Placed = {
  readonly place: { readonly section: string; readonly row: string | null; readonly seat: string | null };
};

/** "Section 104, row 12, seat 7" from what was written down when it was sold; a standing area has neither row nor seat. */
export function placeOf({ place }: Placed): string {
  const { section, row, seat } = place;
  const bare = /^\p{L}?\d*\p{L}?$/u.test(section);
  const rowWords = row === null ? "" : /^(row|table)/i.test(row) ? `, ${row}` : `, row ${row}`;
  return `${bare ? `Section ${section}` : section}${rowWords}${seat === null ? standingWords(section) : `, seat ${seat}`}`;
}

/** ", standing" for an area whose name does not say it: "Front standing" says it already. */
export function standingWords(area: string): string {
  return /\bstanding\b/i.test(area) ? "" : ", standing";
}
