/** For tests of the page's state without a page. */
import { afterAll, vi } from 'vitest';

/** No frame ever comes, and nobody has asked for less motion; gone again after the file. */
export function withoutPage(): void {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  afterAll(() => vi.unstubAllGlobals());
}
