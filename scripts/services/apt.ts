import { existsSync } from "node:fs";

import { run } from "../bootstrap/run.mjs";

export function hasApt(): boolean {
  return existsSync("/usr/bin/apt-get");
}

/** apt reads only the lower-case names of the proxy variables. */
function aptEnv(): NodeJS.ProcessEnv {
  const env = process.env;
  const proxies = ["http_proxy", "https_proxy", "no_proxy"].flatMap((name) => {
    const value = env[name] ?? env[name.toUpperCase()];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...env, ...Object.fromEntries(proxies), DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
}

/**
 * Installs a Debian package, fetching the package lists only when it is not known yet. Returns what apt printed; the
 * caller looks whether the program is there now.
 */
export async function aptInstall(name: string): Promise<string> {
  const install = () => run("apt-get", ["install", "-y", "--no-install-recommends", name], { env: aptEnv() });
  const first = await install();
  if (first.code === 0) return first.output;
  const update = await run("apt-get", ["update"], { env: aptEnv() });
  const second = await install();
  return `${update.output}\n${second.output}`;
}
