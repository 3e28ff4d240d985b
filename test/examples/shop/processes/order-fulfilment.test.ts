import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { OrderFulfilmentInput } from '../../../../examples/shop/generated/baton.ts';
import type { Lab } from '../../../support/lab.ts';
import { failTimes, hang, refuse, refuseLater } from '../../../support/scripted-services.ts';
import { createOrder, createShopLab } from '../../../support/shop.ts';

let lab: Lab;
let order: OrderFulfilmentInput;

beforeAll(async () => {
  const shop = await createShopLab();
  lab = shop;
  order = createOrder(shop.project, 'o-1');
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.services.reset();
  lab.events.reset();
  lab.services.on('shipping.create', () => ({ shipmentId: 'o-1', trackingNumber: 'T-1', status: 'created' }));
});

const result = (handle: WorkflowHandle): Promise<unknown> => handle.result();
const place = <T>(input: OrderFulfilmentInput, test: (handle: WorkflowHandle) => Promise<T>): Promise<T> =>
  lab.run('order-fulfilment', [input], test);

/** The undos that were made, in order. */
const takenBack = (): readonly string[] =>
  lab.services.attempts
    .filter(({ input }) => decodeURIComponent(input.idempotencyKey).includes('/undo:'))
    .map(({ operation }) => operation);

describe('order-fulfilment', () => {
  it('takes an order through all services', async () => {
    await expect(place(order, result)).resolves.toEqual({
      outcome: 'shipped',
      orderId: 'o-1',
      trackingNumber: 'T-1',
      notified: true,
    });
    const operations = lab.services.operations;
    expect(operations.slice(0, 2)).toEqual(['inventory.reserve', 'inventory.reserve']);
    expect(operations.slice(2)).toEqual([
      'payment.authorise',
      'shipping.create',
      'payment.capture',
      'notification.send',
    ]);
    const authorise = lab.services.attempts.find(({ operation }) => operation === 'payment.authorise');
    expect(authorise?.input.body).toMatchObject({ amount: 1_500 });
  });

  it('ends as out of stock, with the other lines released', async () => {
    lab.services.on('inventory.reserve', (input, attempt) =>
      (input.body as { sku: string }).sku === 'cup-blue'
        ? refuseLater(409, { code: 'out-of-stock' })(input, attempt)
        : null,
    );
    await expect(place(order, result)).resolves.toMatchObject({ outcome: 'out-of-stock' });
    expect(takenBack()).toEqual(['inventory.release', 'inventory.release']);
    expect(lab.services.operations).not.toContain('payment.authorise');
  });

  it('fails, and takes nothing for out of stock, when stock is refused for another reason', async () => {
    lab.services.on('inventory.reserve', refuse(409, { code: 'already-reserved' }));
    await place({ ...order, lines: order.lines.slice(0, 1) }, async (handle) => {
      await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'saga-undone' } });
    });
  });

  it('shares nothing with another run of the same order, so that neither takes back what the other has', async () => {
    await place(order, result);
    await place(order, result);
    const ids = lab.services.attempts.map(({ input }) => Object.values(input.path ?? {})[0]);
    const [first, second] = [ids.slice(0, 5), ids.slice(6, 11)];
    expect(first.filter((id) => second.includes(id))).toEqual([]);
  });

  it('ends as refused when the card is declined: an outcome, not a failure', async () => {
    lab.services.on('payment.authorise', refuse(402, { code: 'card-declined' }));
    await expect(place(order, result)).resolves.toMatchObject({ outcome: 'payment-refused' });
    expect(takenBack()).toEqual(['payment.void', 'inventory.release', 'inventory.release']);
  });

  it('waits out a service that is away', async () => {
    lab.services.on('payment.authorise', failTimes(8));
    await expect(place(order, result)).resolves.toMatchObject({ outcome: 'shipped' });
  });

  it('fails with payment voided and stock released when shipping refuses', async () => {
    lab.services.on('shipping.create', refuse(422));
    await place(order, async (handle) => {
      await expect(handle.result()).rejects.toMatchObject({
        cause: { type: 'saga-undone', details: [{ step: 'create shipment' }] },
      });
    });
    expect(takenBack()).toEqual([
      'shipping.cancel',
      'payment.void',
      'inventory.release',
      'inventory.release',
    ]);
  });

  it('ships all the same when the customer cannot be told', async () => {
    lab.services.on('notification.send', refuse(400));
    await expect(place(order, result)).resolves.toMatchObject({ outcome: 'shipped', notified: false });
    expect(takenBack()).toEqual([]);
  });

  it('takes back the capture too when it is cancelled while it tells the customer', async () => {
    lab.services.on('notification.send', hang);
    await place(order, async (handle) => {
      await vi.waitFor(() => {
        expect(lab.services.operations).toContain('notification.send');
      }, 20_000);
      await handle.cancel();
      await expect(handle.result()).rejects.toThrow('Workflow execution cancelled');
    });
    expect(takenBack()).toEqual([
      'payment.refund',
      'shipping.cancel',
      'payment.void',
      'inventory.release',
      'inventory.release',
    ]);
  });
});

describe('what order-fulfilment tells', () => {
  it('is that the order was placed, before anything is done, and each call says so to the service', async () => {
    lab.events.isAway = true;
    const runId = await place(order, async (handle) => {
      await vi.waitFor(async () => {
        const { steps } = await lab.view(handle);
        expect(steps).toMatchObject([{ name: 'order.placed', error: { code: 'database-unavailable' } }]);
      }, 20_000);
      expect(lab.services.operations).toEqual([]);
      lab.events.isAway = false;
      await handle.result();
      return handle.workflowId;
    });
    const [placed, ...others] = lab.events.events;
    expect(placed).toMatchObject({
      type: 'order.placed',
      subject: 'o-1',
      correlationid: 'o-1',
      style: 'orchestration',
      data: order,
    });
    expect(others).toEqual([]);
    const baggage = `style=orchestration,causationid=${encodeURIComponent(placed?.id ?? '')},runid=${encodeURIComponent(runId)}`;
    expect(new Set(lab.services.attempts.map(({ input }) => input.headers?.['baggage']))).toEqual(
      new Set([baggage]),
    );
  });
});

describe('a large order', () => {
  const large = (): OrderFulfilmentInput => ({ ...order, approvalLimit: 1_000 });
  const approve = (handle: WorkflowHandle, approved: boolean): Promise<unknown> =>
    vi.waitFor(
      () => handle.executeUpdate('approval', { args: [{ approved, by: 'ann', reason: 'because' }] }),
      20_000,
    );

  it('is shipped when a person approves it', async () => {
    await place(large(), async (handle) => {
      await approve(handle, true);
      await expect(handle.result()).resolves.toMatchObject({ outcome: 'shipped' });
    });
  });

  it('is rejected when a person says no, with everything taken back', async () => {
    await place(large(), async (handle) => {
      await approve(handle, false);
      await expect(handle.result()).resolves.toEqual({
        outcome: 'rejected',
        orderId: 'o-1',
        reason: 'because',
      });
    });
    expect(takenBack()).toEqual(['payment.void', 'inventory.release', 'inventory.release']);
    const [placed, rejected] = lab.events.events;
    expect(rejected).toMatchObject({
      type: 'order.rejected',
      subject: 'o-1',
      causationid: placed?.id,
      style: 'orchestration',
      data: { orderId: 'o-1', by: 'ann', reason: 'because' },
    });
  });

  it('is rejected when no one decides within a day', async () => {
    await place(large(), async (handle) => {
      await expect(handle.result()).resolves.toMatchObject({ outcome: 'rejected', reason: /24 hours/ });
      const { startTime, closeTime } = await handle.describe();
      expect(Number(closeTime) - Number(startTime)).toBeGreaterThanOrEqual(86_400_000);
    });
  });
});

describe('an order that holds at shipping', () => {
  it('is stuck until a person says how to go on', async () => {
    lab.services.on('shipping.create', refuse(422));
    await place({ ...order, onShippingFailure: 'hold' }, async (handle) => {
      await vi.waitFor(async () => {
        expect((await lab.view(handle)).status).toBe('stuck');
      }, 20_000);
      lab.services.on('shipping.create', () => ({ trackingNumber: 'T-2' }));
      await handle.executeUpdate('baton.steer', { args: [{ action: 'retry' }] });
      await expect(handle.result()).resolves.toMatchObject({ outcome: 'shipped', trackingNumber: 'T-2' });
    });
    expect(takenBack()).toEqual([]);
  });
});
