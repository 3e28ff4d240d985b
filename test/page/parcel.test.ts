import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { useParcelApi } from '../api/parcel-lab.ts';
import { refuse } from '../support/scripted-services.ts';
import { type Browsing, startBrowser } from './browser.ts';
import { namesOn, repeated } from './names.ts';

const { lab, api } = useParcelApi();
let browsing: Browsing;

beforeAll(async () => {
  browsing = await startBrowser(api.url);
});
afterAll(async () => {
  await browsing.close();
});
afterEach(() => {
  expect(browsing.takeFaults()).toEqual([]);
});

async function start(id: string, until: string): Promise<void> {
  const body = { id, input: { weight: 1, until } };
  expect(await api.ask('POST /v1/processes/parcel/runs', { body })).toMatchObject({ status: 201 });
}

describe('a run that a step of another run started', () => {
  it('leads to that run, and is led to by its step', async () => {
    await start('outer', 'sub-run');
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

describe('a decision that someone else takes first', () => {
  it('leaves whoever sent another one with the refusal, though the form is gone', async () => {
    await start('contested', 'approval');
    const page = await browsing.open('#/runs/contested');
    const form = page.getByRole('region', { name: 'Decision: May it go?' });
    await form.waitFor();
    await page.route('**/signals/approval', async (route) => {
      const taken = await api.ask('POST /v1/runs/contested/signals/approval', { body: { approved: true } });
      expect(taken).toMatchObject({ status: 200 });
      await route.continue();
    });
    await form.getByRole('radio', { name: 'no' }).check();
    await form.getByRole('button', { name: 'Send the decision' }).click();
    // It is decided already, or the run has gone on to its end by then.
    await page.locator('[data-lost="approval"]').getByRole('alert').waitFor();
    expect(await form.count()).toBe(0);
  });
});

describe('what a screen reader hears', () => {
  it('tells apart what settles one of several stuck steps', async () => {
    lab.services.on('carrier.label', refuse(422)).on('carrier.deliver', refuse(422));
    await start('twice', 'held twice');
    const page = await browsing.open('#/runs/twice');
    await page.getByRole('heading', { name: 'deliver is stuck' }).waitFor();
    const names = await namesOn(page);
    expect(names).toEqual(expect.arrayContaining(['Retry', 'Retry label', 'Retry deliver']));
    expect(repeated(names)).toEqual([]);
    lab.services.reset();
    await page.getByRole('button', { name: 'Retry label' }).click();
    await page.locator('[data-node="label"][data-state="completed"]').waitFor();
    expect(await page.locator('[data-node="deliver"]').getAttribute('data-state')).toBe('stuck');
  });

  it('names the run whose steps a link leads to', async () => {
    await start('further', 'sub-run');
    const page = await browsing.open('#/runs/further');
    await page.getByRole('link', { name: 'its steps: further/inner' }).waitFor();
  });
});
