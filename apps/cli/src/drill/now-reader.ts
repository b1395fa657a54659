import { LineNow } from "@onsale/core/line/now-serving";

/** Thousands read the same document within a second; it is parsed once. */
export function makeNowReader(): (body: Buffer) => LineNow {
  let last: { body: Buffer; now: LineNow } | null = null;
  return (body) => {
    if (!last?.body.equals(body)) last = { body, now: LineNow.parse(JSON.parse(body.toString("utf8"))) };
    return last.now;
  };
}
