import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { OrderFulfilmentInput } from '../../../../examples/shop/generated/baton.ts';
import { memoKeys } from '../../../../src/core/attributes.ts';
import { matchesFilter } from '../../../../src/core/event-filter.ts';
import type { RecordedEvent } from '../../../../src/events/recorded-event.ts';
import type { Project } from '../../../../src/project/project.ts';
import { validateAgainst } from '../../../../src/project/json-schema.ts';
import type { Lab } from '../../../support/lab.ts';
import { refuse, refuseLater } from '../../../support/scripted-services.ts';
import { createOrder, createShopLab } from '../../../support/shop.ts';

let lab: Lab & { readonly project: Project };
let order: OrderFulfilmentInput;

beforeAll(async () => {
  lab = await createShopLab();
  order = createOrder(lab.project, 'o-1');
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.services.reset();
  lab.events.reset();
  lab.services.on('shipping.create', () => ({ shipmentId: 'o-1', trackingNumber: 'T-1', status: 'created' }));
});

type Person = (handle: WorkflowHandle) => Promise<unknown>;

/** What a deliverer does with an event: starts the processes that subscribe to it, here one after another. */
async function startFor({ event, position }: RecordedEvent, person: Person | undefined): Promise<void> {
  for (const { subscription } of Object.values(lab.project.events.subscriptions)) {
    const { filter, target } = subscription;
    if (target.kind !== 'process' || !matchesFilter(filter, event)) continue;
    const schema = lab.project.processes[target.process]?.inputSchema ?? { not: {} };
    expect(validateAgainst(schema, event.data ?? null)).toEqual([]);
    const { id, source } = event;
    const memo = { [memoKeys.startEvent]: { id, source, position } };
    await lab.run({ process: target.process, memo }, [event.data], async (handle) => {
      if (target.process === 'take-payment') await person?.(handle);
      // A run that fails has told others what they must know.
      await handle.result().catch(() => undefined);
    });
  }
}

/** Handles an order to its end, and gives the events that were told of it. */
async function handle(change: Partial<OrderFulfilmentInput>, person?: Person): Promise<readonly string[]> {
  const data = JSON.parse(JSON.stringify({ ...order, ...change })) as never;
  await lab.events.append({ type: 'order.placed', id: 'placed', subject: 'o-1', style: 'hybrid', data });
  // The list grows while it is gone through.
  for (const recorded of lab.events.recorded) await startFor(recorded, person);
  return lab.events.events.map(({ type }) => type);
}

const decide =
  (approved: boolean): Person =>
  (run) =>
    vi.waitFor(
      () => run.executeUpdate('approval', { args: [{ approved, by: 'ann', reason: 'because' }] }),
      20_000,
    );

const paid = ['order.placed', 'order.stock-reserved', 'order.payment-authorised'];
const shipped = [...paid, 'order.shipped', 'order.paid', 'order.customer-notified'];

/** The operations that were called, each once, without their order. */
const called = (): readonly string[] => [...new Set(lab.services.operations)].sort();

describe('processes that hand an order on by events', () => {
  it('take it to the customer', async () => {
    expect(await handle({})).toEqual(shipped);
    expect(called()).toEqual([
      'inventory.reserve',
      'notification.send',
      'payment.authorise',
      'payment.capture',
      'shipping.create',
    ]);
  });

  it('tell which event led to what they do, to the log and to the services', async () => {
    await handle({});
    const [placed, reserved] = lab.events.events;
    expect(reserved).toMatchObject({
      subject: 'o-1',
      correlationid: 'o-1',
      causationid: placed?.id,
      style: 'hybrid',
    });
    const baggageOf = (operation: string): unknown =>
      lab.services.attempts.find((attempt) => attempt.operation === operation)?.input.headers?.['baggage'];
    expect(baggageOf('inventory.reserve')).toMatch(/^style=hybrid,causationid=placed,runid=\S+$/);
    expect(baggageOf('payment.authorise')).toContain(
      `style=hybrid,causationid=${encodeURIComponent(reserved?.id ?? '')},`,
    );
  });

  it('capture the very payment that was authorised', async () => {
    await handle({});
    const pathOf = (operation: string): unknown =>
      lab.services.attempts.find((attempt) => attempt.operation === operation)?.input.path;
    expect(pathOf('payment.capture')).toEqual(pathOf('payment.authorise'));
  });

  it('end where stock is out, with the other lines put back', async () => {
    lab.services.on('inventory.reserve', (input, attempt) =>
      (input.body as { sku: string }).sku === 'cup-blue'
        ? refuseLater(409, { code: 'out-of-stock' })(input, attempt)
        : null,
    );
    expect(await handle({})).toEqual(['order.placed', 'order.stock-refused']);
    expect(called()).toEqual(['inventory.release', 'inventory.reserve']);
  });

  it.each([
    ['is declined', refuse(402, { code: 'card-declined' }), 'order.payment-refused'],
    ['fails for good', refuse(422), 'order.payment-failed'],
  ])('put the stock back where the payment %s', async (_title, behaviour, told) => {
    lab.services.on('payment.authorise', behaviour);
    expect(await handle({})).toEqual(['order.placed', 'order.stock-reserved', told, 'order.stock-released']);
    expect(called()).toEqual(['inventory.release', 'inventory.reserve', 'payment.authorise', 'payment.void']);
  });

  it.each([
    ['no carrier takes the parcel', refuse(422, { code: 'unserved-country' })],
    ['shipping fails for good', refuse(400)],
  ])('take everything back where %s', async (_title, behaviour) => {
    lab.services.on('shipping.create', behaviour);
    expect(await handle({})).toEqual([
      ...paid,
      'order.shipping-failed',
      'order.stock-released',
      'order.payment-voided',
    ]);
    expect(called()).toEqual([
      'inventory.release',
      'inventory.reserve',
      'payment.authorise',
      'payment.void',
      'shipping.cancel',
      'shipping.create',
    ]);
  });

  it('put back exactly what was put aside', async () => {
    lab.services.on('shipping.create', refuse(422, { code: 'unserved-country' }));
    await handle({});
    const pathsOf = (operation: string): unknown[] =>
      lab.services.attempts
        .filter((attempt) => attempt.operation === operation)
        .map(({ input }) => input.path);
    expect(pathsOf('inventory.release')).toEqual(expect.arrayContaining(pathsOf('inventory.reserve')));
  });
});

describe('a large order', () => {
  it('goes on when a person approves it', async () => {
    expect(await handle({ approvalLimit: 1_000 }, decide(true))).toEqual(shipped);
  });

  it('is taken back when a person rejects it', async () => {
    expect(await handle({ approvalLimit: 1_000 }, decide(false))).toEqual([
      'order.placed',
      'order.stock-reserved',
      'order.rejected',
      'order.stock-released',
    ]);
    expect(lab.events.events[2]?.data).toMatchObject({ by: 'ann', reason: 'because' });
    expect(called()).toEqual(['inventory.release', 'inventory.reserve', 'payment.authorise', 'payment.void']);
  });

  it('is taken back when no one decides within a day', async () => {
    expect(await handle({ approvalLimit: 1_000 })).toContain('order.rejected');
  });
});
