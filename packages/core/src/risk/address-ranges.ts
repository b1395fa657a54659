/** A list of address ranges, asked for one address at a time. */
export type AddressRanges = { readonly count: number; has(address: string): boolean };

const V4_BITS = 32;
const V6_BITS = 128;
const V6_KEY_BITS = 56;
const RANGES_MAX = 200_000;

type Address = { readonly bits: typeof V4_BITS | typeof V6_BITS; readonly value: bigint };

/**
 * Reads one CIDR range per line, IPv4 or IPv6; "#" starts a comment. Answers in as many look-ups as there are lengths of
 * prefixes. Throws naming the line that is no range.
 */
export function parseAddressRanges(text: string): AddressRanges {
  const byPrefix = new Map<string, Set<bigint>>();
  let count = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const range = line.replace(/#.*/, "").trim();
    if (range === "") continue;
    const [head = "", length] = range.split("/");
    const address = parseAddress(head);
    const prefix = length === undefined ? address?.bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
    if (!address || prefix === undefined || prefix < 0 || prefix > address.bits)
      throw new Error(`line ${index + 1}: "${range.slice(0, 60)}" is no address range such as 192.0.2.0/24`);
    if (++count > RANGES_MAX) throw new Error(`more than ${RANGES_MAX} address ranges`);
    const key = `${address.bits}/${prefix}`;
    const known = byPrefix.get(key) ?? new Set();
    known.add(address.value >> BigInt(address.bits - prefix));
    byPrefix.set(key, known);
  }
  const lengths = [...byPrefix].map(([key, heads]) => {
    const [bits, prefix] = key.split("/").map(Number);
    return { bits, drop: BigInt((bits ?? 0) - (prefix ?? 0)), heads };
  });
  return {
    count,
    has(text) {
      const address = count > 0 ? parseAddress(text) : null;
      return (
        address !== null &&
        lengths.some(({ bits, drop, heads }) => bits === address.bits && heads.has(address.value >> drop))
      );
    },
  };
}

/**
 * What limits and counts are kept under: an IPv4 address as it is, an IPv6 address as its /56, which is what providers
 * give to one household (RIPE-690); counted by /64, such a household, or one rented machine, would be 256 callers. What
 * is no address is its own key.
 */
export function addressKey(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  if (address.bits === V4_BITS) return mappedText(address.value);
  return `${(address.value >> BigInt(V6_BITS - V6_KEY_BITS)).toString(16)}/${V6_KEY_BITS}`;
}

/** The address that a proxy named: "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]:4711". null: none. */
export function addressIn(hop: string): string | null {
  const text = hop.trim();
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  return parseAddress(bare) ? bare : null;
}

function mappedText(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
}

/** null: no address. An IPv4 address inside IPv6 (::ffff:a.b.c.d) is the IPv4 address. */
function parseAddress(text: string): Address | null {
  const v4 = parseV4(text);
  if (v4 !== null) return { bits: V4_BITS, value: v4 };
  const v6 = parseV6(text);
  if (v6 === null) return null;
  return v6 >> 32n === 0xffffn ? { bits: V4_BITS, value: v6 & 0xffffffffn } : { bits: V6_BITS, value: v6 };
}

function parseV4(text: string): bigint | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  let value = 0n;
  for (const part of text.split(".")) {
    if (Number(part) > 255) return null;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const bare = text.replace(/%.*$/, "").replace(/^\[(.*)\]$/, "$1");
  if (bare.length > 45 || !bare.includes(":")) return null;
  const tail = /[^:]*$/.exec(bare)?.[0] ?? "";
  const v4 = tail.includes(".") ? parseV4(tail) : null;
  if (tail.includes(".") && v4 === null) return null;
  const whole =
    v4 === null
      ? bare
      : `${bare.slice(0, -tail.length)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const halves = whole.split("::");
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups =
    left && right
      ? [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right]
      : (left ?? []);
  if (groups.length !== 8 || (right && (left ?? []).length + right.length > 7)) return null;
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}
