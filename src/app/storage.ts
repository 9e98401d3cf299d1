/** localStorage that cannot fail: a browser that forbids it only forgets. */
const PREFIX = 'slotscope.';

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Private windows and full disks: the page works, and starts afresh next time.
  }
}
