import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The page server and the build pack what is sent (packages/api/src/pages, scripts/precompress.ts).
  compress: false,
  // The head of a page is whole before its first byte, for every reader: no title that only a script moves into place.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  // Posters are SVG made from the event's name; nothing is ever fetched and resized.
  images: { unoptimized: true },
  // The workspace root holds the lock file; without this Next guesses from the working directory.
  outputFileTracingRoot: new URL("../..", import.meta.url).pathname,
  turbopack: { root: new URL("../..", import.meta.url).pathname },
  devIndicators: false,
  // Else Next calls every loopback address "localhost", and next-auth keeps a way back that is no page of PUBLIC_URL.
  skipProxyUrlNormalize: true,
  // `pnpm types` checks these files with the same configuration; a second time here would double the build.
  typescript: { ignoreBuildErrors: true },
};

export default config;
