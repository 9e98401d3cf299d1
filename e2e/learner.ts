import { expect, type Page } from '@playwright/test';

/**
 * A cluster of six in which 8901 freezes at 10 s; the page opens just before anybody has
 * noticed.
 */
export const FROZEN =
  '/#/sandbox?masters=3&replicas=1&timeout=5000&seed=42&do=at+10s+freeze+8901&at=12000';

/** Opens a place as a first visit does: nothing of the page before it is left to be found. */
export async function visit(page: Page, place: string): Promise<void> {
  if (page.url() !== 'about:blank') await page.goto('about:blank');
  await page.goto(place);
}

/** Opens a place and waits until nothing moves. */
export async function open(page: Page, place: string): Promise<void> {
  await visit(page, place);
  await settled(page);
}

/** Until the clock stands and no step is being shown. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-settled="true"]')).toBeVisible({ timeout: 60_000 });
}

/** The fingerprint of the world at the playhead; it is shown once the page stands still. */
export async function worldHash(page: Page): Promise<string> {
  await settled(page);
  const button = page.locator('button[title]', { hasText: /^hash /i });
  const title = (await button.getAttribute('title')) ?? '';
  return /[0-9a-f]{16}/.exec(title)?.[0] ?? `no hash in “${title}”`;
}

/** The clock of the transport, in seconds. */
export async function clockSeconds(page: Page): Promise<number> {
  return Number.parseFloat(await page.locator('.clock').first().innerText());
}

/** The sentence above the stage. */
export function caption(page: Page) {
  return page.locator('.caption .sentence');
}
