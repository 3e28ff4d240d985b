import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { openParcelApi } from '../api/parcel-lab.ts';
import { type Browsing, startBrowser } from './browser.ts';

let opened: Awaited<ReturnType<typeof openParcelApi>>;
let browsing: Browsing;

beforeAll(async () => {
  opened = await openParcelApi();
  browsing = await startBrowser(opened.api.url);
});
afterAll(async () => {
  await browsing.close();
  await opened.close();
});
afterEach(() => {
  expect(browsing.takeFaults()).toEqual([]);
});

describe('a run that a step of another run started', () => {
  it('leads to that run, and is led to by its step', async () => {
    const body = { id: 'outer', input: { weight: 1, until: 'sub-run' } };
    await opened.api.ask('POST /v1/processes/parcel/runs', { body });
    const page = await browsing.open('#/runs/outer');
    await page.locator('[data-run-status="completed"]').waitFor();
    await page.locator('a[data-node="outer/inner"]').click();
    await page.getByRole('heading', { name: 'outer/inner' }).waitFor();
    const startedBy = page.getByRole('term').filter({ hasText: 'Started by' }).locator('..');
    await startedBy.getByRole('link', { name: 'outer', exact: true }).click();
    await page.getByRole('heading', { name: 'outer', exact: true }).waitFor();
    await page.locator('[data-node="outer/inner"]').waitFor();
    expect(await page.getByText('Started by').count()).toBe(0);
  });
});
