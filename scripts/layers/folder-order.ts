/**
 * The order of folders: each imports only from those above it, and from itself. `pnpm layers` holds it; a new folder is
 * given its place here. What each is for stands in docs/architecture.md.
 */
export type FolderOrder = {
  /** Folders of this folder have the order. */
  readonly root: string;
  readonly folders: readonly string[];
};

const CORE: FolderOrder = {
  root: "packages/core/src",
  folders: [
    "shared",
    "actor",
    "audit",
    "mail",
    "outbox",
    "worker",
    "account",
    "organization",
    "risk",
    "ticket",
    "inventory",
    "layout",
    "pricing",
    "seat-rules",
    "venue",
    "event",
    "programme",
    "access",
    "line",
    "hold",
    "payment",
    "order",
    "checkout",
    "notification",
    "waitlist",
    "reconcile",
    "drill",
  ],
};

const STOREFRONT: FolderOrder = {
  root: "apps/web/src",
  folders: [
    "server",
    "features/errors",
    "features/locale",
    "ui",
    "features/poster",
    "features/selection",
    "features/line-pass",
    "features/challenge",
    "trpc",
    "features/time-left",
    "features/event",
    "features/account",
    "features/access",
    "features/seat-map",
    "features/line",
    "features/event-page",
    "features/programme",
    "features/organizer",
    "features/choose",
    "features/checkout",
    "features/ticket",
    "features/order",
    "features/waitlist",
    "features/shell",
    "features/organization",
    "features/admin",
    "features/members",
    "features/organization-settings",
    "features/line-console",
    "features/risk",
    "app",
  ],
};

export const FOLDER_ORDERS = [CORE, STOREFRONT] as const;
