/** Whose lists the portal shows. A convenience and no right: every call asks what the account may do. */
export const ORGANIZATION_COOKIE = "onsale-organization";
