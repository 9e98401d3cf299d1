/**
 * Who may speak to the bridge: a page that this machine itself was given the link of. Host is
 * checked against names that lead somewhere else and resolve to here, Origin against other pages
 * of the same browser, the token against other programs of the same machine.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const TOKEN_BYTES = 16;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('hex');

/** Takes as long for a wrong token as for the right one. */
export function sameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const hostsOf = (port: number): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** One sentence on why these headers are refused, or null. */
export function hostComplaint({ host }: IncomingHttpHeaders, port: number): string | null {
  if (host !== undefined && hostsOf(port).includes(host)) return null;
  return `Host is ${host ?? 'missing'}; expected ${hostsOf(port).join(' or ')}`;
}

/** As above, for a WebSocket: browsers say which page opens it. */
export function originComplaint({ origin }: IncomingHttpHeaders, port: number): string | null {
  const allowed = hostsOf(port).map((host) => `http://${host}`);
  if (origin !== undefined && allowed.includes(origin)) return null;
  return `Origin is ${origin ?? 'missing'}; expected ${allowed.join(' or ')}`;
}
