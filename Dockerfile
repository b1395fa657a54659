# One image for the storefront, the worker, the sandbox provider and ticketctl: the TypeScript runs as it is, only the pages are built.

FROM node:24.22.3-bookworm-slim AS base
ENV CI=true NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1
WORKDIR /srv/onsale
# The version of package.json's "packageManager".
RUN npm install --global pnpm@12.21.0 && npm cache clean --force

# What an install depends on, and nothing else, so that a change of the code does not repeat it.
FROM base AS manifests
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/db/patches packages/db/patches
COPY apps/cli/package.json apps/cli/
COPY apps/web/package.json apps/web/
COPY bench/package.json bench/
COPY packages/api/package.json packages/api/
COPY packages/contract/package.json packages/contract/
COPY packages/core/package.json packages/core/
COPY packages/db/package.json packages/db/
COPY packages/providers/package.json packages/providers/
COPY packages/redis/package.json packages/redis/
COPY packages/words/package.json packages/words/

FROM manifests AS build
RUN pnpm install --frozen-lockfile --filter "@onsale/web..."
COPY tsconfig.base.json ./
COPY packages packages
COPY apps/web apps/web
RUN pnpm --filter @onsale/web build && rm -rf apps/web/.next/cache

FROM manifests AS production
RUN pnpm install --frozen-lockfile --prod --filter "@onsale/web..." --filter "@onsale/cli..." \
  # The image has its Node already.
  && rm -rf node_modules/node-linux-* node_modules/.pnpm/node-linux-*

FROM node:24.22.3-bookworm-slim AS run
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000
WORKDIR /srv/onsale
# Kept secrets go here when none are given, and the books of a sandbox; volumes mounted on them take over this owner.
RUN install --directory --owner=node --group=node --mode=700 /var/lib/onsale /var/lib/onsale-sandbox
COPY --from=production /srv/onsale ./
COPY packages packages
COPY apps/cli apps/cli
COPY apps/web apps/web
COPY deploy deploy
COPY LICENSE ./
# Next writes its caches below .next while it runs.
COPY --from=build --chown=node:node /srv/onsale/apps/web/.next apps/web/.next
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/srv/onsale/deploy/entrypoint.sh"]
CMD ["node", "apps/web/server.ts"]
