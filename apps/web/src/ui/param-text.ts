type Asked = Readonly<Record<string, string | string[] | undefined>>;

/** Half of a character, which a cut may leave, and the NUL: the API takes neither. */
const BROKEN = /[\p{Cs}\0]/gu;

/** Of an address; what is there twice counts as not there. */
export const paramText = (asked: Asked, name: string, max = 400): string => {
  const value = asked[name];
  return typeof value === "string" ? value.trim().slice(0, max).replaceAll(BROKEN, "") : "";
};
