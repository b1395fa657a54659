/** What a drill leaves behind is known by these names, so that lists for people can pass it over. */
export const DRILL_GENRE = "Drill";
export const DRILL_SLUG_PREFIX = "drill-";
export const DRILL_VENUE = {
  name: "Drill hall",
  address: "",
  city: "Nowhere",
  country: "",
  timeZone: "UTC",
} as const;
export const DRILL_ORGANIZATION = {
  slug: "drills",
  name: "Drills",
  legalName: "",
  address: "",
  currency: "EUR",
  timeZone: "UTC",
  contactEmail: "drills@drill.invalid",
} as const;
export const DRILL_LAYOUT_PREFIX = "Drill hall of ";
