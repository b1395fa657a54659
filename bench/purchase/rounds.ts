import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { Load } from "./crowd.ts";
import { type Measured, measure, startGenerator } from "./measure.ts";
import { startProvider } from "./provider.ts";
import type { NodeArgs, OpenShop } from "./shop.ts";
import type { Round } from "./tell.ts";

const env = process.env;
export const serverUrl = env["DATABASE_URL"] ?? "";

/** A new database; what earlier ones left to be written is on the disk before the work begins. */
export async function inDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const name = `onsale_bench_${randomBytes(4).toString("hex")}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await admin`create database ${admin(name)}`;
  try {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    await admin`checkpoint`;
    return await work(url.href);
  } finally {
    await admin`drop database ${admin(name)} with (force)`;
    await admin.end();
  }
}

export type Plan = {
  readonly open: OpenShop;
  readonly seats: number;
  /** Nothing is measured before the code of the processes is warm. */
  readonly warm: Load;
  readonly loads: readonly Load[];
  /** How much longer the provider takes for each call. */
  readonly providerMs?: number;
  readonly nodeArgs?: NodeArgs;
  /** Told once the code is warm. */
  readonly onWarm?: () => void;
};

/** One shop with processes and an event of its own, every load after the other, and a look at what was sold. */
export async function playRound(databaseUrl: string, plan: Plan): Promise<Round> {
  const { open, seats, warm, loads, nodeArgs } = plan;
  const buyers = [warm, ...loads].reduce((sum, { count }) => sum + count, 0);
  const provider = await startProvider(plan.providerMs ?? 0);
  const shop = await open({
    env: { ...env, ...provider.env },
    databaseUrl,
    seats,
    buyers,
    ...(nodeArgs ? { nodeArgs } : {}),
  }).catch(async (error: unknown) => {
    await provider.stop();
    throw error;
  });
  try {
    const generator = await startGenerator(shop);
    const pids = {
      ...shop.pids,
      postgres: [Number(env["POSTGRES_PID"])],
      redis: [Number(env["REDIS_PID"])],
      provider: [provider.pid],
      generator: [generator.pid],
    };
    const first = await measure(shop, { generator, pids, load: warm });
    plan.onWarm?.();
    const measured: Measured[] = [];
    for (const load of loads) measured.push(await measure(shop, { generator, pids, load }));
    await generator.stop();
    const purchases = [first, ...measured].reduce((sum, one) => sum + one.purchases, 0);
    return { dialect: shop.dialect, measured, wrong: await shop.check(purchases) };
  } finally {
    await shop.stop();
    await provider.stop();
  }
}
