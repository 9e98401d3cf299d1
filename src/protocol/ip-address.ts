/**
 * IP addresses as text: which are valid, and how they are written in one way only.
 * Source: inet_pton and inet_ntop, as clusterStartHandshake of src/cluster.c uses them.
 */

/** Unless a scene has a network, all nodes live on one host. */
export const PEER_IP = '127.0.0.1';

/** The one way to write an IPv4 or IPv6 address; null for anything else, names included. */
export function normalIp(text: string): string | null {
  if (isIpv4(text)) return text;
  const groups = ipv6Groups(text);
  return groups && printIpv6(groups);
}

/** Whether `text` is an IPv4 or IPv6 address. */
export const isIpAddress = (text: string): boolean => normalIp(text) !== null;

/** Four numbers of 0 to 255 without leading zeros. */
const isIpv4 = (ip: string): boolean =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(ip) &&
  ip.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

/** The eight 16-bit groups of an address; `::` stands for as many zeros as are missing. */
function ipv6Groups(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2 || (halves.length === 2 && halves[0]!.includes('.'))) return null;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...(tail ?? [])];
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1)!;
  const embedded = isIpv4(last) ? last.split('.').map(Number) : null;
  const hex = embedded ? parts.slice(0, -1) : parts;
  if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null;
  const groups = hex.map((part) => Number.parseInt(part, 16));
  if (!embedded) return groups;
  const [a, b, c, d] = embedded as [number, number, number, number];
  return [...groups, a * 256 + b, c * 256 + d];
}

/** Lower case, the longest run of zeros as `::`, IPv4 in its own form behind `::` or `::ffff:`. */
function printIpv6(groups: readonly number[]): string {
  const run = longestZeros(groups);
  const ipv4 = `${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.${groups[7]! & 255}`;
  if (run.start === 0 && run.length === 6) return `::${ipv4}`;
  if (run.start === 0 && run.length === 5 && groups[5] === 0xffff) return `::ffff:${ipv4}`;
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(':');
  const after = hex.slice(run.start + run.length);
  return `${hex.slice(0, run.start).join(':')}::${after.join(':')}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (start + length < groups.length && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
