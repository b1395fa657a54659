/** What a newcomer needs after the start: where to look, and as whom. */
export function describeDemo(url: string): string {
  return `
Onsale is running

  Storefront   ${url}
  Admin        ${url}/admin

Press Ctrl-C to stop everything.
`;
}
