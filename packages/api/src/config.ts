import { z } from "zod";

const Secret = z.string().min(32, "at least 32 characters; openssl rand -base64 32");
/** Empty where a compose file names it and nobody set it. */
const LaterSecret = z.union([z.literal(""), Secret]).optional();
/** What a shop shows to its sandbox. There is none by default: whoever guessed it could take money in the shop's name. */
const SandboxKey = z.string().min(16, "at least 16 characters");

/**
 * One secret fewer to set up; the sandbox handles no real money. One that is a process of its own makes it of its key, for
 * that is all it knows of ours.
 */
const webhookSecretOf = (given: string | undefined, from: string | undefined): string =>
  given ?? `sandbox:${from}`;

const Env = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** As the role that owns the tables; only `ticketctl migrate` and `setup` need it. */
    MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }),
    AUTH_SECRET: Secret,
    AUTH_SECRET_1: LaterSecret,
    AUTH_SECRET_2: LaterSecret,
    AUTH_SECRET_3: LaterSecret,
    TICKET_SIGNING_KEY: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, "32 bytes in base64url: the Ed25519 seed that signs tickets"),
    /** A sandbox that is a process of its own; without it the sandbox is part of each process. */
    SANDBOX_URL: z.url({ protocol: /^https?$/ }).optional(),
    SANDBOX_KEY: SandboxKey.optional(),
    SANDBOX_WEBHOOK_SECRET: z.string().min(16).optional(),
    MAIL_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** For a machine without a mail server: everybody's mails are shown at /sandbox/mail. */
    SANDBOX_MAILBOX: z.enum(["0", "1"]).default("0"),
    MAIL_FROM: z.string().min(3).max(200).default("Onsale <tickets@onsale.example>"),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000"),
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** Reverse proxies in front of this server whose X-Forwarded-For is believed, counted from the right. */
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(16),
    /** Multiplies the number of calls of every rate limit; a drill's crowd comes from one machine. */
    LIMITS_SCALE: z.coerce.number().min(0.01).max(1_000_000).default(1),
    /** CIDR ranges, one per line: addresses of rented machines, which score a little. */
    DATA_CENTRES_FILE: z.string().min(1).optional(),
    TURNSTILE_SITE_KEY: z.string().min(1).max(200).optional(),
    TURNSTILE_SECRET_KEY: z.string().min(1).max(200).optional(),
    METRICS_TOKEN: z.string().min(16, "at least 16 characters").optional(),
    /** A small installation may do without a worker process: the server does its work as well. */
    WORKER_IN_WEB: z.enum(["0", "1"]).default("0"),
    LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
    /** Set by whoever starts this server with a socket that listens already. */
    HANDED_SOCKET: z.literal("1").optional(),
    /** Said by /healthz, so that whoever starts this server knows its answer from a stranger's. */
    INSTANCE_ID: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    KEY_PREFIX: z
      .string()
      .regex(/^[a-z0-9:_-]{0,40}$/)
      .default(""),
  })
  .refine((e) => e.SANDBOX_MAILBOX === "0" || (!e.MAIL_URL && isLoopback(e.PUBLIC_URL)), {
    path: ["SANDBOX_MAILBOX"],
    message: "only without MAIL_URL and with a PUBLIC_URL on this machine: it shows everybody's mails",
  })
  .refine((e) => e.SANDBOX_URL === undefined || e.SANDBOX_KEY !== undefined, {
    path: ["SANDBOX_KEY"],
    message: "the key that the sandbox at SANDBOX_URL was started with",
  })
  .refine((e) => (e.TURNSTILE_SITE_KEY === undefined) === (e.TURNSTILE_SECRET_KEY === undefined), {
    path: ["TURNSTILE_SECRET_KEY"],
    message: "site key and secret key go together; half of them would silently be another kind of challenge",
  })
  .refine(
    (e) =>
      e.MIGRATION_DATABASE_URL === undefined ||
      new URL(e.MIGRATION_DATABASE_URL).pathname === new URL(e.DATABASE_URL).pathname,
    {
      path: ["MIGRATION_DATABASE_URL"],
      message: "names another database than DATABASE_URL; it is the same one, as another role",
    },
  );

/** Whoever reaches this address is on this machine. */
export function isLoopback(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);
}

export type Config = {
  readonly databaseUrl: string;
  /** null: the application's own role migrates. */
  readonly migrationDatabaseUrl: string | null;
  readonly redisUrl: string;
  /** The first signs, all are read; none twice. */
  readonly authSecrets: readonly [string, ...string[]];
  readonly ticketSigningKey: string;
  readonly sandboxWebhookSecret: string;
  /** null: the sandbox is part of this process. */
  readonly sandbox: { readonly url: string; readonly key: string } | null;
  /** null: mails are only noted in the log. */
  readonly mailUrl: string | null;
  readonly sandboxMailbox: boolean;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** The socket comes from whoever starts this server. */
  readonly handedSocket: boolean;
  readonly trustedProxyHops: number;
  readonly databasePoolMax: number;
  readonly limitsScale: number;
  readonly dataCentresFile: string | null;
  /** null: challenges are proof of work of our own. */
  readonly turnstile: { readonly siteKey: string; readonly secretKey: string } | null;
  /** null: metrics are for this machine alone. */
  readonly metricsToken: string | null;
  /** The storefront's process also does what a worker does. */
  readonly workerInWeb: boolean;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  readonly redisKeyPrefix: string;
  /** null: /healthz names none. */
  readonly instanceId: string | null;
};

/** As next-auth has them: the one with the highest number signs. */
function authSecretsOf(e: z.infer<typeof Env>): Config["authSecrets"] {
  const set = [e.AUTH_SECRET_3, e.AUTH_SECRET_2, e.AUTH_SECRET_1, e.AUTH_SECRET].filter((secret) => !!secret);
  const [newest = e.AUTH_SECRET, ...earlier] = new Set(set as string[]);
  return [newest, ...earlier];
}

/** Called once, at the start of a process; a bad environment ends it with every fault named and no value shown. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const parsed = Env.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not complete:\n${faults.join("\n")}\nSee docs/configuration.md.`);
  }
  const e = parsed.data;
  return Object.freeze({
    databaseUrl: e.DATABASE_URL,
    migrationDatabaseUrl: e.MIGRATION_DATABASE_URL ?? null,
    redisUrl: e.REDIS_URL,
    authSecrets: authSecretsOf(e),
    ticketSigningKey: e.TICKET_SIGNING_KEY,
    sandboxWebhookSecret: webhookSecretOf(
      e.SANDBOX_WEBHOOK_SECRET,
      e.SANDBOX_URL ? e.SANDBOX_KEY : e.AUTH_SECRET,
    ),
    sandbox: e.SANDBOX_URL && e.SANDBOX_KEY ? { url: e.SANDBOX_URL, key: e.SANDBOX_KEY } : null,
    mailUrl: e.MAIL_URL ?? null,
    sandboxMailbox: e.SANDBOX_MAILBOX === "1",
    mailFrom: e.MAIL_FROM,
    publicUrl: e.PUBLIC_URL.replace(/\/$/, ""),
    host: e.HOST,
    port: e.PORT,
    handedSocket: e.HANDED_SOCKET === "1",
    trustedProxyHops: e.TRUSTED_PROXY_HOPS,
    databasePoolMax: e.DATABASE_POOL_MAX,
    limitsScale: e.LIMITS_SCALE,
    dataCentresFile: e.DATA_CENTRES_FILE ?? null,
    turnstile:
      e.TURNSTILE_SITE_KEY && e.TURNSTILE_SECRET_KEY
        ? { siteKey: e.TURNSTILE_SITE_KEY, secretKey: e.TURNSTILE_SECRET_KEY }
        : null,
    metricsToken: e.METRICS_TOKEN ?? null,
    workerInWeb: e.WORKER_IN_WEB === "1",
    logLevel: e.LOG_LEVEL,
    redisKeyPrefix: e.KEY_PREFIX,
    instanceId: e.INSTANCE_ID ?? null,
  });
}

/** What a sandbox that is a process of its own shares with its shop; null: it was given no key, or one that is too short. */
export function loadSandboxSecrets(
  env: Record<string, string | undefined>,
): { readonly key: string; readonly webhookSecret: string } | null {
  const key = SandboxKey.safeParse(env["SANDBOX_KEY"]).data;
  if (key === undefined) return null;
  return { key, webhookSecret: webhookSecretOf(env["SANDBOX_WEBHOOK_SECRET"], key) };
}
