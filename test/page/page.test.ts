import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Part } from '../support/part.ts';
import { createOrder } from '../support/shop.ts';
import { openStack, type Stack } from '../support/stack.ts';
import { type Browsing, startBrowser } from './browser.ts';
import { namesOn, repeated } from './names.ts';

let stack: Stack;
let api: Part;
let browsing: Browsing;

beforeAll(async () => {
  stack = await openStack();
  [api] = await Promise.all([stack.startApi(), stack.startWorker()]);
  browsing = await startBrowser(stack.apiUrl);
});
afterAll(async () => {
  await browsing.close();
  await stack.close();
});
afterEach(() => {
  expect(browsing.takeFaults()).toEqual([]);
});

async function place(id: string, changes: object = {}): Promise<void> {
  const { status } = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
    body: { id, businessKey: `key of ${id}`, input: { ...createOrder(stack.project, id), ...changes } },
  });
  expect(status).toBe(201);
}

const node = (page: Page, name: string, state: string): Promise<void> =>
  page.locator(`[data-node="${name}"][data-state="${state}"]`).waitFor();
const status = (page: Page, wanted: string): Promise<void> =>
  page.locator(`[data-run-status="${wanted}"]`).waitFor();
const connection = (page: Page, wanted: string): Promise<void> =>
  page.locator(`[data-connection="${wanted}"]`).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('a run on the page', () => {
  it('shows a failing step wait for its third attempt, and go through, without a reload', async () => {
    const fault = { operation: 'create', status: 503, times: 1, orderId: 'seen' };
    await stack.addFault('shipping', { ...fault, delayMs: 1_500 });
    await stack.addFault('shipping', { ...fault, retryAfter: 6 });
    await place('seen');
    const page = await browsing.open('#/runs/seen');
    await page.evaluate('window.isTheSame = true');
    await node(page, 'create shipment', 'running');
    await page
      .getByText(/^3rd attempt in \d s$/)
      .first()
      .waitFor();
    const row = page.locator('[data-step="create shipment"][data-status="waiting"]');
    expect(await row.innerText()).toMatch(/503 Fault on demand/);
    await node(page, 'create shipment', 'completed');
    await status(page, 'completed');
    await connection(page, 'ended');
    expect(await page.evaluate('window.isTheSame')).toBe(true);
    expect(await page.locator('[data-node="approval"]').getAttribute('data-state')).toBe('skipped');
    await page.getByText('"outcome": "shipped"').waitFor();
  });

  it('retries a stuck step by a button', async () => {
    await stack.addFault('shipping', { operation: 'create', status: 422, times: 1, orderId: 'held' });
    await place('held', { onShippingFailure: 'hold' });
    const page = await browsing.open('#/runs/held');
    await node(page, 'create shipment', 'stuck');
    await page.getByRole('heading', { name: 'create shipment is stuck' }).waitFor();
    await button(page, 'Retry').click();
    await status(page, 'completed');
    expect((await stack.effects('held')).shipping).toEqual({ created: 1 });
  });

  it('takes a decision, and tells first what is wrong with it', async () => {
    await place('decided', { approvalLimit: 100 });
    const page = await browsing.open('#/runs/decided');
    await node(page, 'approval', 'waiting');
    const send = page.getByRole('button', { name: 'Send the decision: ' });
    await send.click();
    const refused = await stack.send('POST', '/v1/runs/decided/signals/approval', { body: {} });
    await shown(page, refused.body);
    await page.getByLabel('yes').check();
    await page.getByLabel('by *').fill('Grace');
    await send.click();
    await status(page, 'completed');
    await node(page, 'approval', 'completed');
  });

  it('asks before it ends a run, and leaves it on Escape', async () => {
    await place('ended', { approvalLimit: 100 });
    const page = await browsing.open('#/runs/ended');
    await node(page, 'approval', 'waiting');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await stack.run('ended')).status).toBe('running');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    await status(page, 'cancelled');
    await node(page, 'authorise payment', 'undone');
    await node(page, 'create shipment', 'not-reached');
  });

  it('tells in its words what the API refuses', async () => {
    await place('refused', { approvalLimit: 100 });
    const page = await browsing.open('#/runs/refused');
    await node(page, 'approval', 'waiting');
    await page.route('**/v1/runs/refused/cancel', async (route) => {
      // Someone else was quicker.
      await stack.send('POST', '/v1/runs/refused/terminate');
      await route.continue();
    });
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('Run "refused" has ended already').waitFor();
    await status(page, 'terminated');
    await page.getByText('It was terminated', { exact: true }).waitFor();
    // What is left to do stands beside the reason.
    await page.getByRole('dialog').getByRole('link', { name: 'Start anew' }).click();
    await page.getByRole('heading', { name: 'Start a run: ' }).waitFor();
  });

  it('is started anew with its input, mended, and its business key, when it was taken back', async () => {
    await stack.addFault('shipping', { operation: 'create', status: 422, times: 1, orderId: 'anew' });
    await place('anew');
    const page = await browsing.open('#/runs/anew');
    await status(page, 'failed');
    expect(await button(page, 'Retry').count()).toBe(0);
    await page.getByRole('link', { name: 'Start anew' }).click();
    expect(await page.getByLabel('business key').inputValue()).toBe('key of anew');
    await page.getByLabel('orderId *').fill('mended');
    await button(page, 'Start the run').click();
    await status(page, 'completed');
    const id = decodeURIComponent(new URL(page.url()).hash.slice('#/runs/'.length));
    const { input } = await stack.run('anew');
    expect(await stack.run(id)).toMatchObject({
      businessKey: 'key of anew',
      input: { ...(input as object), orderId: 'mended' },
    });
  });

  it('draws its graph once the declared steps are known', async () => {
    await place('declared', { approvalLimit: 100 });
    const page = await browsing.open('');
    let answer: () => void = () => expect.fail('the process is not asked for');
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/v1/processes/order-fulfilment', async (route) => {
      await answered;
      await route.continue();
    });
    await page.goto(`${stack.apiUrl}/#/runs/declared`);
    await page.locator('[data-step="approval"][data-status="waiting"]').waitFor();
    expect(await page.locator('[data-node]').count()).toBe(0);
    answer();
    await node(page, 'approval', 'waiting');
    await node(page, 'create shipment', 'to-come');
  });

  it('says that there is no such run', async () => {
    const page = await browsing.open('#/runs/nope');
    await page.getByText('There is no run "nope"').waitFor();
    await connection(page, 'away');
  });
});

describe('the start form', () => {
  it('refuses what the API refuses, in the same words, at the fields', async () => {
    const page = await browsing.open('#/processes/order-fulfilment/start');
    await page.getByLabel('orderId *').fill('');
    await page.getByLabel('quantity *').first().fill('none');
    await page.getByLabel('currency *').fill('euro');
    await button(page, 'Add to lines').click();
    const [request] = await Promise.all([
      page.waitForRequest((asked) => asked.method() === 'POST'),
      button(page, 'Start the run').click(),
    ]);
    const refused = await stack.send('POST', '/v1/processes/order-fulfilment/runs', {
      body: request.postData() ?? '',
    });
    expect(refused.status).toBe(422);
    await shown(page, refused.body);
    for (const { pointer, message } of errorsOf(refused.body)) {
      const atField = page.locator(`[id="field:${pointer}:faults"]`);
      expect(await atField.innerText(), pointer).toContain(message);
    }
    // The way from the summary to a field.
    await button(page, errorsOf(refused.body)[0]?.message ?? '').click();
    const focused = await page.evaluate('document.activeElement.id');
    expect(focused).toBe(`field:${errorsOf(refused.body)[0]?.pointer ?? ''}`);
  });

  it('posts JSON as it was typed, and shows what the API makes of it', async () => {
    const page = await browsing.open('#/processes/order-fulfilment/start');
    await button(page, 'Edit as JSON').click();
    const text = page.getByLabel('input *');
    expect(JSON.parse(await text.inputValue())).toEqual(stack.project.processes['order-fulfilment']?.example);
    await text.fill('{ "orderId": ');
    await button(page, 'Start the run').click();
    await page
      .getByRole('alert')
      .getByText(/at line \d+, column \d+/)
      .waitFor();
  });

  it('starts a run and shows it, by the keyboard alone', async () => {
    const page = await browsing.open('');
    await page.locator('[data-process="order-fulfilment"]').waitFor();
    await tabTo(page, 'Start a run of Order fulfilment');
    await page.keyboard.press('Enter');
    await page.getByLabel('run id').waitFor();
    await tabTo(page, '', { id: 'field:/id' });
    await page.keyboard.type('by-keyboard');
    await tabTo(page, '', { id: 'field:/input/orderId' });
    await page.keyboard.type('by-keyboard');
    await tabTo(page, 'Start the run');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'by-keyboard' }).waitFor();
    await status(page, 'completed');
    // A step of the graph leads to its details in the timeline.
    await page.locator('[data-node="create shipment"]').focus();
    await page.keyboard.press('Enter');
    await page.getByText('shipping.create', { exact: true }).waitFor();
  });
});

describe('the page itself', () => {
  it('is kept by its policy from asking another host', async () => {
    const page = await browsing.open('');
    await page.locator('.process').first().waitFor();
    expect(browsing.takeFaults()).toEqual([]);
    const asked = page.evaluate("fetch('http://192.0.2.1/').then(() => 'answered', () => 'kept')");
    expect(await asked).toBe('kept');
    expect(browsing.takeFaults().join()).toContain("default-src 'self'");
  });
});

describe('the lists', () => {
  it('count the runs of a process and lead to those of one status', async () => {
    await place('counted', { approvalLimit: 100 });
    const page = await browsing.open('');
    await page.getByRole('link', { name: /^\d+ running, Order fulfilment$/ }).click();
    await page.waitForURL('**/#/runs?process=order-fulfilment&status=running');
    await page.getByRole('link', { name: 'counted' }).waitFor();
    await page.getByLabel('Business key').fill('key of counted');
    await page.keyboard.press('Enter');
    await page.waitForURL('**businessKey=key+of+counted');
    await expect
      .poll(() => page.locator('.runs__id').allInnerTexts(), { timeout: 20_000 })
      .toEqual(['counted']);
    await page.getByRole('link', { name: 'counted' }).click();
    await status(page, 'running');
  });

  it('name the process in each link of it', async () => {
    await place('named');
    const page = await browsing.open('');
    await page.locator('.counts').waitFor();
    const names = await namesOn(page);
    expect(names).toEqual(
      expect.arrayContaining(['Start a run of Ship an order', 'All runs of Ship an order']),
    );
    expect(repeated(names)).toEqual([]);
  });

  it('go on to further pages', async () => {
    for (const number of Array.from({ length: 21 }, (_, index) => index)) await place(`many-${number}`);
    const page = await browsing.open('#/runs');
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.waitForURL('**pageToken=*');
    await page.getByRole('link', { name: 'First page' }).click();
    await page.waitForURL('**/#/runs');
  });
});

describe.each(['light', 'dark'] as const)('on a telephone, %s', (colorScheme) => {
  it.each(['#/', '#/runs', '#/processes/order-fulfilment/start', '#/runs/held', '#/runs/decided'])(
    'nothing of %s is wider than the screen',
    async (hash) => {
      const page = await browsing.open(hash, { colorScheme, viewport: { width: 360, height: 740 } });
      await page.locator('.process, .runs, .start, .timeline').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    },
  );
});

describe('what the page knows of its connection', () => {
  it('says that Temporal is away, and goes on by itself', async () => {
    await place('unseen', { approvalLimit: 100 });
    const page = await browsing.open('#/runs/unseen');
    await node(page, 'approval', 'waiting');
    const temporal = stack.embedded.pids()['Temporal'] ?? expect.fail('Temporal does not run');
    process.kill(temporal, 'SIGSTOP');
    try {
      await connection(page, 'away');
    } finally {
      process.kill(temporal, 'SIGCONT');
    }
    await connection(page, 'live');
    expect(await page.locator('[data-node="approval"]').getAttribute('data-state')).toBe('waiting');
  });

  it('comes back when the API does', async () => {
    const page = await browsing.open('#/runs/unseen');
    await connection(page, 'live');
    await api.kill();
    await connection(page, 'reconnecting');
    await stack.startApi();
    await connection(page, 'live');
  });
});

interface Fault {
  readonly pointer: string;
  readonly message: string;
}

function errorsOf(problem: unknown): readonly Fault[] {
  return (problem as { readonly errors: readonly Fault[] }).errors;
}

/** Waits until every fault of a problem stands in the summary, word by word. */
async function shown(page: Page, problem: unknown): Promise<void> {
  const summary = page.getByRole('alert');
  await summary.waitFor();
  const messages = errorsOf(problem).map(({ message }) => message);
  expect(messages).not.toEqual([]);
  expect(await summary.getByRole('listitem').allInnerTexts()).toEqual(messages);
}

/** Goes on by Tab until something with this name, or this id, has the focus. */
async function tabTo(page: Page, name: string, { id = '' } = {}): Promise<void> {
  const focused = 'document.activeElement';
  const nameOf = `(${focused}.getAttribute('aria-label') ?? ${focused}.innerText)`;
  const isThere = `${focused}.id === ${JSON.stringify(id)} && ${nameOf} === ${JSON.stringify(name)}`;
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(isThere)) === true) return;
  }
  expect.fail(`Tab does not lead to ${name === '' ? id : name}`);
}
