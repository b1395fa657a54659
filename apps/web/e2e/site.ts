/** Where the storefront under test answers. */
export const SITE_URL = process.env["BASE_URL"] ?? process.env["E2E_BASE_URL"] ?? "http://127.0.0.1:3000";
