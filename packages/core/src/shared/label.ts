/**
 * A label as a person sees it: what looks the same is the same. Compatibility forms, every kind and number of blanks and
 * what has no width (joiners, direction marks, soft hyphens) make no difference; case and leading zeros do, because
 * "a" and "A", "1" and "01" are told apart on a chair. For comparing only: the label itself stays as it was written.
 */
export function labelIdentity(label: string): string {
  // Most labels are plain, and a layout has 200,000 of them.
  if (/^[!-~]*$/.test(label)) return label;
  return label
    .normalize("NFKC")
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\uFFF9-\uFFFB]/gu, (char) =>
      /\s/u.test(char) && char !== "\uFEFF" ? " " : "",
    )
    .replaceAll(/[\s\u2800]+/gu, " ")
    .trim()
    .normalize("NFKC");
}

export function isSameLabel(a: string, b: string): boolean {
  return labelIdentity(a) === labelIdentity(b);
}
