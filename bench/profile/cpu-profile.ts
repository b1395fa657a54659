import { readFileSync } from "node:fs";

/** One function as it was called from above; `selfUs` is its own time, `totalUs` with all that it called. */
export type Frame = {
  readonly name: string;
  /** Where it stands, from the root of the repository or the name of its package. */
  readonly place: string;
  selfUs: number;
  totalUs: number;
  readonly children: Map<string, Frame>;
};

type ProfileNode = {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
};
type CpuProfile = {
  readonly nodes: readonly ProfileNode[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

const PACKAGE = /\/node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)\//g;
const ROOT = new URL("../../", import.meta.url).href;
/** A regular expression is a function by its source. */
const NAME_CHARS_MAX = 60;

function placeOf({ url, lineNumber }: ProfileNode["callFrame"]): string {
  if (url === "" || url.startsWith("node:")) return url;
  const library = [...url.matchAll(PACKAGE)].at(-1)?.[1];
  return library ?? `${url.startsWith(ROOT) ? url.slice(ROOT.length) : url}:${lineNumber + 1}`;
}

const nameOf = ({ functionName }: ProfileNode["callFrame"]) =>
  functionName.slice(0, NAME_CHARS_MAX) || "(anonymous)";

const newFrame = (name: string, place: string): Frame => ({
  name,
  place,
  selfUs: 0,
  totalUs: 0,
  children: new Map(),
});

/**
 * What a process of Node did after `fromUs` of its monotonic clock, waiting left out, as one tree: the same function called by
 * the same ones is one frame.
 */
export function readCpuProfile(file: string, fromUs: number): Frame {
  // Safe because Node writes it, in the format of the DevTools protocol.
  const profile = JSON.parse(readFileSync(file, "utf8")) as CpuProfile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const ownUs = new Map<number, number>();
  let atUs = profile.startTime;
  for (const [n, id] of profile.samples.entries()) {
    const deltaUs = profile.timeDeltas[n] ?? 0;
    atUs += deltaUs;
    if (atUs >= fromUs) ownUs.set(id, (ownUs.get(id) ?? 0) + deltaUs);
  }
  const root = newFrame("all", "");
  for (const [id, us] of ownUs) {
    const path = pathTo(id, { nodes, parents });
    if (path.at(-1)?.callFrame.functionName === "(idle)") continue;
    let frame = root;
    frame.totalUs += us;
    for (const { callFrame } of path) {
      const [name, place] = [nameOf(callFrame), placeOf(callFrame)];
      const key = `${name} ${place}`;
      const child = frame.children.get(key) ?? newFrame(name, place);
      frame.children.set(key, child);
      child.totalUs += us;
      frame = child;
    }
    frame.selfUs += us;
  }
  return root;
}

/** From the outermost call to this one, without V8's own root. */
function pathTo(
  id: number,
  { nodes, parents }: { nodes: Map<number, ProfileNode>; parents: Map<number, number> },
): ProfileNode[] {
  const path: ProfileNode[] = [];
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const node = nodes.get(at);
    if (node && node.callFrame.functionName !== "(root)") path.unshift(node);
  }
  return path;
}

export type SelfTime = { readonly name: string; readonly place: string; readonly share: number };

/** The functions with the most time of their own, wherever they are called from. */
export function mostSelfTime(root: Frame, count: number): SelfTime[] {
  const byFunction = new Map<string, { name: string; place: string; us: number }>();
  const add = ({ name, place, selfUs, children }: Frame): void => {
    const key = `${name} ${place}`;
    const known = byFunction.get(key) ?? { name, place, us: 0 };
    byFunction.set(key, { ...known, us: known.us + selfUs });
    for (const child of children.values()) add(child);
  };
  add(root);
  return [...byFunction.values()]
    .toSorted((a, b) => b.us - a.us)
    .slice(0, count)
    .map(({ name, place, us }) => ({ name, place, share: us / Math.max(1, root.totalUs) }));
}
