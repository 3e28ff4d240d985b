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

interface Heard {
  readonly name: string;
  readonly subject: string;
  readonly type?: string;
}

/** A subscription to events of one subject; its name is its path in the sink, too. */
async function subscribe({ name, subject, type = 'bill.due' }: Heard): Promise<void> {
  const filter = { types: [type], subject };
  const target = { http: { url: `${sink.url}/${name}` } };
  expect((await api.ask('POST /v1/subscriptions', { body: { name, filter, target } })).status).toBe(201);
}

/** One whose first event was refused, and whose second waits behind it. */
async function park(heard: Heard): Promise<void> {
  const { subject, type = 'bill.due' } = heard;
  sink.answer = () => ({ status: 422, body: JSON.stringify({ detail: 'no such customer' }) });
  await subscribe(heard);
  await log.append([1, 2].map(() => sampleEvent({ type, subject })));
}

const newOne = () => ({ name: `s-${randomUUID()}`, subject: `case ${randomUUID()}` });

const row = (page: Page, name: string) => page.locator(`[data-subscription="${name}"]`);
const section = (page: Page, state: string) => page.locator(`[data-deliveries="${state}"]`);
const status = (page: Page, is: string) => page.locator(`[data-subscription-status="${is}"]`);

describe('the subscriptions on the page', () => {
  it('are listed with what they hear, those with parked events first, and lead to one of them', async () => {
    await subscribe({ name: 'a-quiet-one', subject: 'nobody' });
    const { name, subject } = newOne();
    await park({ name, subject });
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
    const { name, subject } = newOne();
    await park({ name, subject });
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
    const { name, subject } = newOne();
    await subscribe({ name, subject });
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

  it.each([
    [360, 'light'],
    [360, 'dark'],
    [800, 'light'],
  ] as const)('fit %i px, %s, however long their names are', async (width, colorScheme) => {
    const name = `s-${randomUUID()}`.padEnd(100, 'x');
    const subject = `case-${randomUUID()}`.padEnd(200, 'k');
    const type = 'bill'.repeat(40);
    await park({ name, subject, type });
    for (const [hash, shown] of [
      ['#/subscriptions', `[data-subscription="${name}"]`],
      [`#/subscriptions/${name}`, '[data-deliveries="parked"] [data-delivery]'],
      [`#/correlations/${subject}`, '[data-undelivered="parked"]'],
    ] as const) {
      const page = await browsing.open(hash, { colorScheme, viewport: { width, height: 740 } });
      await page.locator(shown).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
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
