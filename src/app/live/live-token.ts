/** The key to a bridge: it stays in one tab, so that a reload comes back. */
const KEY = 'slotscope.live-token';
const TOKEN = /^[\da-f]{32}$/;

/** The key this tab was given; null: none. */
export function keptToken(): string | null {
  try {
    const token = sessionStorage.getItem(KEY);
    return token !== null && TOKEN.test(token) ? token : null;
  } catch {
    return null;
  }
}

export function keepToken(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // A browser that forbids it asks for the link again after a reload.
  }
}

export function forgetToken(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** The address and the key in a link of the bridge; null: it is no such link. */
export function readBridgeLink(text: string): { readonly host: string; token: string } | null {
  const found =
    /^\s*http:\/\/((?:127\.0\.0\.1|localhost):\d+)\/#\/live\?token=([\da-f]{32})\s*$/.exec(text);
  return found ? { host: found[1]!, token: found[2]! } : null;
}
