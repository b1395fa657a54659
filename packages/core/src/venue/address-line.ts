/** Digits alone are a postcode that stands before its city; other postcodes keep their comma. */
const ENDS_IN_POSTCODE = /(?:^|,\s*|\s)\d{4,5}$/;

/** Where a venue is, in one line: street and postcode, city, country, as far as they are known. */
export function addressLine({
  address,
  city,
  country,
}: {
  address: string;
  city: string;
  country: string;
}): string {
  const street = city !== "" && ENDS_IN_POSTCODE.test(address) ? `${address} ${city}` : "";
  const parts = street === "" ? [address, city, country] : [street, country];
  return parts.filter((part) => part !== "").join(", ");
}
