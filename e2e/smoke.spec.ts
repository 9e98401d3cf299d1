import { expect, test, type Page } from '@playwright/test';

/** Collects what must not happen on a page: errors in its console and requests to other hosts. */
function watch(page: Page, origin: string): { errors: string[]; strangers: string[] } {
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const staysInside = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!staysInside && url.origin !== origin) strangers.push(request.url());
  });
  return { errors, strangers };
}

const PLACES = [
  { name: 'home', address: '/', mark: 'main' },
  { name: 'sandbox', address: '/#/sandbox?masters=3&replicas=1', mark: '[data-settled="true"]' },
  { name: 'lesson', address: '/#/lesson/slots', mark: '[data-settled="true"]' },
];

for (const { name, address, mark } of PLACES) {
  test(`page: ${name} opens without errors and asks no other host, light and dark`, async ({
    context,
    baseURL,
    browserName,
  }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      // A page of its own: one that is left while it still loads complains about that.
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme });
      const seen = watch(page, new URL(baseURL ?? '').origin);
      const response = await page.goto(address, { waitUntil: 'networkidle' });
      expect([200, 304], 'cached is as good').toContain(response?.status());
      await expect(page).toHaveTitle(/\S/);
      // Not every Firefox can be told that the system is dark.
      const theme = browserName === 'chromium' ? colorScheme : /light|dark/;
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await expect(page.locator(mark).first()).toBeVisible();
      expect(seen).toEqual({ errors: [], strangers: [] });
    }
  });
}

test('page: its policy refuses scripts and pictures of other hosts', async ({ page }) => {
  await page.goto('/');
  const refused = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          done(event.effectiveDirective);
        });
        const picture = new Image();
        picture.onload = picture.onerror = () => setTimeout(done, 1000, 'nothing refused');
        picture.src = 'http://127.0.0.1:9/picture.png';
      }),
  );
  expect(refused).toBe('img-src');
});
