import { randomUUID } from 'node:crypto';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Deliverer } from '../../src/cli/start-deliverer.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import { createParcelLab, type ParcelLab } from '../api/parcel-lab.ts';
import { sampleDeps, startApi, type TestApi } from '../api/sample.ts';
import { type LogLab, openLogLab, sampleEvent } from '../events/lab.ts';
import { startTestDeliverer } from '../support/deliverer.ts';
import { createSink, type Sink } from '../support/sink.ts';
import { type Browsing, startBrowser } from './browser.ts';
import { namesOn, repeated } from './names.ts';

let logs: LogLab;
let log: EventLog;
let lab: ParcelLab;
let api: TestApi;
let browsing: Browsing;
let sink: Sink;
let deliverer: Deliverer;

beforeAll(async () => {
  [logs, lab] = await Promise.all([openLogLab(), createParcelLab()]);
  log = await logs.open();
  api = await startApi(lab.deps({ eventLog: log }));
  browsing = await startBrowser(api.url);
  sink = await createSink();
  deliverer = await startTestDeliverer(log, sampleDeps().project);
});
afterAll(async () => {
  await deliverer.stop();
  await browsing.close();
  await sink.close();
  await api.listening.close();
  await lab.close();
  await logs.close();
});
beforeEach(() => {
  sink.answer = () => ({ status: 200 });
});
afterEach(() => {
  expect(browsing.takeFaults()).toEqual([]);
});

/** A subscription to events of one subject, which is also its name in the sink. */
async function subscribe(name: string, subject: string): Promise<void> {
  const filter = { types: ['bill.due'], subject };
  const target = { http: { url: `${sink.url}/${name}` } };
  expect((await api.ask('POST /v1/subscriptions', { body: { name, filter, target } })).status).toBe(201);
}

/** One whose first event was refused, and whose second waits behind it. */
async function parkOne(): Promise<{ readonly name: string; readonly subject: string }> {
  const [name, subject] = [`s-${randomUUID()}`, `case ${randomUUID()}`];
  sink.answer = () => ({ status: 422, body: JSON.stringify({ detail: 'no such customer' }) });
  await subscribe(name, subject);
  await log.append([1, 2].map(() => sampleEvent({ type: 'bill.due', subject })));
  return { name, subject };
}

const row = (page: Page, name: string) => page.locator(`[data-subscription="${name}"]`);
const section = (page: Page, state: string) => page.locator(`[data-deliveries="${state}"]`);
const status = (page: Page, is: string) => page.locator(`[data-subscription-status="${is}"]`);

describe('the subscriptions on the page', () => {
  it('are listed with what they hear, those with parked events first, and lead to one of them', async () => {
    await subscribe('a-quiet-one', 'nobody');
    const { name, subject } = await parkOne();
    const page = await browsing.open('#/runs');
    await page.getByRole('navigation').getByRole('link', { name: 'Events' }).click();
    await row(page, name).getByText('1 parked').waitFor();
    await row(page, name).getByText('1 waiting').waitFor();
    expect(await row(page, name).innerText()).toContain(`bill.due of ${subject}`);
    expect(await row(page, name).innerText()).toContain(`${sink.url}/${name}`);
    const names = await page.locator('[data-subscription] a').allInnerTexts();
    expect(names.indexOf(name)).toBeLessThan(names.indexOf('a-quiet-one'));
    expect(repeated(await namesOn(page))).toEqual([]);
    expect(await page.locator('nav [aria-current="page"]').innerText()).toBe('Events');

    await page.getByRole('link', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Subscription ${name}` }).waitFor();
  });

  it('say why an event is parked, and have it tried again or left out', async () => {
    const { name, subject } = await parkOne();
    const page = await browsing.open(`#/subscriptions/${name}`);
    const parked = section(page, 'parked');
    await parked.getByText('the sink answered 422: no such customer').waitFor();
    await section(page, 'waiting').getByText(`${name} gets bill.due when it has taken`).waitFor();
    expect(repeated(await namesOn(page))).toEqual([]);

    await parked.getByRole('button', { name: /^Try again bill\.due/ }).press('Enter');
    await expect.poll(() => sink.got(name).length, { timeout: 20_000 }).toBe(2);
    await parked.getByText('the sink answered 422').waitFor();

    await parked.getByRole('link', { name: subject }).click();
    const panel = page.locator('[data-undelivered="parked"]');
    await panel.getByRole('link', { name }).click();
    await page.getByRole('heading', { name: `Subscription ${name}` }).waitFor();

    sink.answer = () => ({ status: 200 });
    await parked.getByRole('button', { name: /^Leave out bill\.due/ }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).press('Enter');
    // The one that was left out was sent twice, in vain; the one behind it once.
    await expect.poll(() => sink.got(name).length, { timeout: 20_000 }).toBe(3);
    await page.getByText('No event of it has failed or waits.').waitFor();
  });

  it('are paused, which holds their events, and resumed, by the keyboard', async () => {
    const [name, subject] = [`s-${randomUUID()}`, `case ${randomUUID()}`];
    await subscribe(name, subject);
    const page = await browsing.open(`#/subscriptions/${name}`);
    await status(page, 'active').waitFor();
    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    await status(page, 'paused').waitFor();
    await log.append([sampleEvent({ type: 'bill.due', subject })]);
    await page.getByText(/^[1-9]\d* events?$/).waitFor();
    expect(sink.got(name)).toEqual([]);

    // The focus has stayed on the one button.
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Resume');
    await page.keyboard.press('Enter');
    await status(page, 'active').waitFor();
    await expect.poll(() => sink.got(name).length, { timeout: 20_000 }).toBe(1);
  });

  it('tell what the API refuses', async () => {
    const page = await browsing.open('#/subscriptions/nobody');
    await page.getByText('There is no subscription "nobody"').waitFor();
  });

  it.each(['light', 'dark'] as const)('fit a telephone, %s', async (colorScheme) => {
    const { name } = await parkOne();
    const viewport = { width: 360, height: 740 };
    for (const [hash, shown] of [
      ['#/subscriptions', row],
      [`#/subscriptions/${name}`, (page: Page) => section(page, 'parked').getByRole('article')],
    ] as const) {
      const page = await browsing.open(hash, { colorScheme, viewport });
      await shown(page, name).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    }
  });
});

describe('without an event log', () => {
  it.each(['#/subscriptions', '#/subscriptions/loyalty'])('%s says so in words', async (hash) => {
    const without = await startApi(lab.deps({ eventLog: null }));
    const other = await startBrowser(without.url);
    try {
      const page = await other.open(hash);
      await page.getByText('There is no event log here').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(other.takeFaults()).toEqual([]);
    } finally {
      await other.close();
      await without.listening.close();
    }
  });
});
