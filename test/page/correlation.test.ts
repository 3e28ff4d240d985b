import { randomUUID } from 'node:crypto';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startForEvent } from '../../src/api/start-for-event.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { createParcelLab, type ParcelLab } from '../api/parcel-lab.ts';
import { sampleDeps, startApi, type TestApi } from '../api/sample.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { startTestDeliverer } from '../support/deliverer.ts';
import { createSink, type Sink } from '../support/sink.ts';
import { type Browsing, startBrowser } from './browser.ts';

const hour = 3_600_000;
const expectations = [
  { name: 'pays', after: 'stock.reserved', where: {}, expect: ['payment.authorised'], within: 1_000 },
  { name: 'points', after: 'order.placed', where: {}, expect: ['points.given'], within: hour },
];

let logs: LogLab;
let log: EventLog;
let lab: ParcelLab;
let api: TestApi;
let browsing: Browsing;
let sink: Sink;

beforeAll(async () => {
  [logs, lab] = await Promise.all([openLogLab(), createParcelLab()]);
  log = await logs.open();
  const { project } = sampleDeps();
  const events = { ...project.events, expectations };
  api = await startApi(lab.deps({ eventLog: log, project: { ...project, events } }));
  browsing = await startBrowser(api.url);
  sink = await createSink();
});
afterAll(async () => {
  await browsing.close();
  await sink.close();
  await api.listening.close();
  await lab.close();
  await logs.close();
});
afterEach(() => {
  expect(browsing.takeFaults()).toEqual([]);
});

/** An order that was placed, then reserved by one service, whose event started a run that waits for a person. */
async function openCase(key: string): Promise<void> {
  const placed = sampleEvent({ type: 'order.placed', source: '/shop/orders', subject: key });
  const reserved = sampleEvent({
    ...{ type: 'stock.reserved', source: '/shop/inventory', subject: key, causationid: placed.id },
    data: { weight: 3, until: 'approval' },
  });
  const [, appended] = await log.append([placed, reserved]);
  const recorded = {
    position: appended?.position ?? 0,
    recordedAt: new Date().toISOString(),
    event: reserved,
  };
  expect(await startForEvent(lab.deps({ eventLog: log }), 'parcel', recorded)).toEqual({ kind: 'delivered' });
}

const node = (page: Page, title: string, state: string) =>
  page.locator(`[data-node="${title}"][data-state="${state}"]`);

describe('a case on the page', () => {
  it('is found by its key, says what did not come, and takes it in as soon as it comes, by the keyboard', async () => {
    const key = `case ${randomUUID()}`;
    await openCase(key);
    const page = await browsing.open('#/runs');
    await page.getByLabel('Events and runs of one key').fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: key }).waitFor();
    await page
      .getByText(/^payment\.authorised was expected within 1 s after stock\.reserved, and has not come/)
      .waitFor();
    await page.getByText(/^points\.given is expected after order\.placed, due in \d+ min/).waitFor();
    await node(page, 'stock.reserved', 'overdue').waitFor();
    await node(page, 'parcel', 'running').waitFor();
    expect(await page.locator('.edge').count()).toBe(2);
    expect(await node(page, 'stock.reserved', 'overdue').innerText()).toContain('/shop/inventory');

    await log.append([
      sampleEvent({ type: 'payment.authorised', source: '/shop/payment', correlationid: key }),
    ]);
    await node(page, 'payment.authorised', 'event').waitFor();
    await node(page, 'stock.reserved', 'event').waitFor();
    expect(await page.locator('[data-overdue]').count()).toBe(0);

    await node(page, 'payment.authorised', 'event').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.innerText')).toContain('/shop/payment');

    await node(page, 'parcel', 'running').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-run-status="running"]').waitFor();
    await page.getByRole('link', { name: key }).click();
    await page.locator('.happening').first().waitFor();
    expect(await page.locator('[data-entry]').count()).toBe(4);
  });

  it('says what a subscription could not deliver, and has it tried again or left out', async () => {
    const key = `case ${randomUUID()}`;
    const name = `s-${randomUUID()}`;
    sink.answer = () => ({ status: 422, body: JSON.stringify({ detail: 'no such customer' }) });
    const deliverer = await startTestDeliverer(log, sampleDeps().project);
    try {
      const filter = { types: ['bill.due'], subject: key };
      const target = { http: { url: `${sink.url}/${name}` } };
      await api.ask('POST /v1/subscriptions', { body: { name, filter, target } });
      await log.append([1, 2].map(() => sampleEvent({ type: 'bill.due', subject: key })));
      const page = await browsing.open(`#/correlations/${encodeURIComponent(key)}`);
      const panel = page.locator('[data-undelivered="parked"]');
      await panel.getByText('the sink answered 422: no such customer').waitFor();
      await node(page, 'bill.due', 'parked').waitFor();
      await page.getByText(`${name} gets bill.due when it has taken what came before`).waitFor();

      await panel.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => sink.got(name).length, { timeout: 20_000 }).toBe(2);
      await panel.waitFor();

      sink.answer = () => ({ status: 200 });
      await panel.getByRole('button', { name: 'Leave out' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).click();
      await page.locator('[data-undelivered]').first().waitFor({ state: 'detached' });
      // The one that was left out was sent twice, in vain; the one behind it once.
      await expect.poll(() => sink.got(name).length, { timeout: 20_000 }).toBe(3);
      await expect.poll(async () => node(page, 'bill.due', 'event').count(), { timeout: 20_000 }).toBe(2);
    } finally {
      await deliverer.stop();
    }
  });

  it('is empty where nothing carries its key yet', async () => {
    const page = await browsing.open('#/correlations/nothing');
    await page.getByText('Nothing that can be seen carries this key yet').waitFor();
  });

  it('tells what the API refuses', async () => {
    const page = await browsing.open(`#/correlations/${encodeURIComponent('a"b')}`);
    await page.getByText(/must not hold quotes/).waitFor();
  });

  it.each(['light', 'dark'] as const)('fits a telephone, %s', async (colorScheme) => {
    const key = `case ${randomUUID()}`;
    await openCase(key);
    for (const hash of [`#/correlations/${encodeURIComponent(key)}`, '#/runs']) {
      const viewport = { width: 360, height: 740 };
      const page = await browsing.open(hash, { colorScheme, viewport });
      await page.locator('.happening, .case-form').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    }
  });
});
