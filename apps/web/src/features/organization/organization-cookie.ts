/** Whose lists the portal shows. A convenience and no right: every call asks what the account may do. */
export const ORGANIZATION_COOKIE = "onsale-organization";

const YEAR_S = 365 * 86_400;

/** In the browser: from the next page on, the portal's lists are about this one. */
export function chooseOrganization(id: string): void {
  document.cookie = `${ORGANIZATION_COOKIE}=${id}; path=/admin; max-age=${YEAR_S}; samesite=lax`;
}
