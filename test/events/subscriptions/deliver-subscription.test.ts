import { describe, expect, it } from 'vitest';

import { listDeliveries } from '../../../src/events/subscriptions/open-deliveries.ts';
import { consumerOf } from '../../../src/events/subscriptions/subscription.ts';
import {
  pauseSubscription,
  replaySubscription,
  settleParked,
} from '../../../src/events/subscriptions/change-subscription.ts';
import { removeSubscription } from '../../../src/events/subscriptions/subscription-store.ts';
import {
  delivered,
  deliverer,
  failed,
  held,
  log,
  refused,
  soon,
  stop,
  subscribed,
  useDeliveryLab,
  whileDelivering,
} from './delivery-lab.ts';

useDeliveryLab();

describe('a subscription', () => {
  it('gets what was appended before and after it began to be delivered, in order', async () => {
    const subject = await subscribed();
    await subject.append(['1', 'a'], ['2', 'a']);
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.taken, soon).toEqual(['1', '2']);
      await subject.append(['3', 'a']);
      await expect.poll(() => subject.taken, soon).toEqual(['1', '2', '3']);
      await expect.poll(async () => (await subject.state()).lag, soon).toBe(0);
    });
  });

  it('gets the events of one subject one after the other, and those of others meanwhile', async () => {
    const subject = await subscribed();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    subject.answer = async ({ event }) => {
      if (event.id === 'slow') await gate;
      return delivered;
    };
    await subject.append(['slow', 'a'], ['behind', 'a'], ['other', 'b'], ['free']);
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.taken.toSorted(), soon).toEqual(['free', 'other']);
      expect(subject.tried).not.toContain('behind');
      open();
      await expect.poll(() => subject.taken.slice(2), soon).toEqual(['slow', 'behind']);
    });
  });

  it('has a failed event tried again; it holds up its own subject only', async () => {
    const subject = await subscribed();
    subject.answer = ({ event }, attempt) => (event.id === 'a1' && attempt < 4 ? failed : delivered);
    await subject.append(['a1', 'a'], ['a2', 'a'], ['b1', 'b'], ['a3', 'a']);
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.taken, soon).toEqual(['b1', 'a1', 'a2', 'a3']);
      expect(subject.tried.filter((id) => id === 'a1')).toHaveLength(4);
      await expect
        .poll(async () => (await subject.state()).open, soon)
        .toEqual({
          retrying: 0,
          waiting: 0,
          parked: 0,
        });
    });
  });

  it('parks an event that is refused for good; its subject waits until a person retries it', async () => {
    const subject = await subscribed();
    subject.answer = ({ event }) => (event.id === 'a1' ? refused : delivered);
    await subject.append(['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
    await whileDelivering(subject, async () => {
      await expect.poll(async () => (await subject.state()).open.parked, soon).toBe(1);
      await subject.append(['a3', 'a'], ['b2', 'b']);
      await expect.poll(() => subject.taken, soon).toEqual(['b1', 'b2']);
      await expect
        .poll(async () => (await subject.state()).open, soon)
        .toEqual({
          retrying: 0,
          waiting: 2,
          parked: 1,
        });
      await subject.isAtTheEnd();
      subject.answer = () => delivered;
      expect(await settleParked(log.database, subject.subscription.name, { action: 'retry' })).toBe(1);
      await expect.poll(() => subject.taken, soon).toEqual(['b1', 'b2', 'a1', 'a2', 'a3']);
    });
  });

  it('leaves a parked event out at a word; what waits behind it goes on', async () => {
    const subject = await subscribed({ maximumAttempts: 2 });
    subject.answer = ({ event }) => (event.id === 'a1' ? failed : delivered);
    await subject.append(['a1', 'a'], ['a2', 'a']);
    await whileDelivering(subject, async () => {
      await expect
        .poll(async () => (await subject.state()).open, soon)
        .toEqual({ retrying: 0, waiting: 1, parked: 1 });
      expect(subject.tried).toEqual(['a1', 'a1']);
      await settleParked(log.database, subject.subscription.name, { action: 'skip' });
      await expect.poll(() => subject.taken, soon).toEqual(['a2']);
    });
  });

  it('holds up one subject only where the delivery itself is at fault', async () => {
    const subject = await subscribed({ maximumAttempts: 2 });
    subject.answer = ({ event }) => {
      if (event.id === 'a1') throw new TypeError('a bug');
      return delivered;
    };
    await subject.append(['a1', 'a'], ['a2', 'a'], ['b1', 'b']);
    await whileDelivering(subject, async () => {
      await expect
        .poll(async () => (await subject.state()).open, soon)
        .toEqual({ retrying: 0, waiting: 1, parked: 1 });
      expect(subject.taken).toEqual(['b1']);
      const [open] = await listDeliveries(log.database, subject.subscription.name, {
        state: 'parked',
        limit: 1,
      });
      expect(open?.error).toEqual({ message: 'the delivery itself failed: a bug' });
    });
  });

  it('goes on with what failed when another process takes over', async () => {
    const subject = await subscribed();
    subject.answer = () => failed;
    await subject.append(['a1', 'a'], ['a2', 'a']);
    const first = deliverer([subject]);
    await expect.poll(() => subject.tried.length, soon).toBeGreaterThan(1);
    await stop(first);
    await subject.append(['a3', 'a']);
    subject.answer = () => delivered;
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.taken, soon).toEqual(['a1', 'a2', 'a3']);
    });
  });

  it('is not delivered while it is paused', async () => {
    const subject = await subscribed();
    await whileDelivering(subject, async () => {
      await subject.append(['1']);
      await expect.poll(() => subject.taken, soon).toEqual(['1']);
      await subject.isAtTheEnd();
      await pauseSubscription(log.database, subject.subscription.name, true);
      const state = await subject.state();
      expect(state.isPaused).toBe(true);
      const consumer = consumerOf(subject.subscription.name);
      await expect.poll(held, soon).not.toContain(consumer);
      await subject.append(['2']);
      expect(subject.taken).toEqual(['1']);
      await pauseSubscription(log.database, subject.subscription.name, false);
      await expect.poll(() => subject.taken, soon).toEqual(['1', '2']);
    });
  });

  it('gets everything again when it is replayed', async () => {
    const subject = await subscribed();
    subject.answer = ({ event }) => (event.id === '2' ? refused : delivered);
    await whileDelivering(subject, async () => {
      await subject.append(['1', 'a'], ['2', 'a'], ['3', 'a']);
      await expect.poll(async () => (await subject.state()).open.parked, soon).toBe(1);
      subject.answer = () => delivered;
      await replaySubscription(log.database, subject.subscription.name, 'beginning');
      await expect.poll(() => subject.taken, soon).toEqual(['1', '1', '2', '3']);
    });
  });

  it('keeps what waits for a person before the place from which it is replayed', async () => {
    const subject = await subscribed();
    subject.answer = ({ event }) => (event.id === '1' ? refused : delivered);
    await whileDelivering(subject, async () => {
      await subject.append(['1', 'a'], ['2', 'a'], ['3', 'b']);
      await expect
        .poll(async () => (await subject.state()).open, soon)
        .toMatchObject({ parked: 1, waiting: 1 });
      await expect.poll(() => subject.taken, soon).toEqual(['3']);
      await replaySubscription(log.database, subject.subscription.name, 'now');
      expect((await subject.state()).open).toMatchObject({ parked: 1, waiting: 1 });
      subject.answer = () => delivered;
      await settleParked(log.database, subject.subscription.name, { action: 'retry' });
      await expect.poll(() => subject.taken, soon).toEqual(['3', '1', '2']);
    });
  });

  it('has many subjects wait for their next attempts at once, without a warning of Node.js', async () => {
    const subject = await subscribed();
    const warnings: Error[] = [];
    const warn = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', warn);
    subject.answer = (_event, attempt) => (attempt < 3 ? failed : delivered);
    await whileDelivering(subject, async () => {
      await subject.append(...Array.from({ length: 30 }, (_, n) => [String(n), `s${n}`] as const));
      await expect.poll(() => subject.taken.length, soon).toBe(30);
    });
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  it('loses nothing of thousands of events of many subjects, each in its order', async () => {
    const subject = await subscribed();
    subject.answer = (_event, attempt) => (attempt === 1 && Math.random() < 0.02 ? failed : delivered);
    const events = Array.from({ length: 3_000 }, (_, number) => [String(number), `s${number % 50}`] as const);
    for (let first = 0; first < events.length; first += 500)
      await subject.append(...events.slice(first, first + 500));
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.taken.length, soon).toBe(events.length);
      for (let lane = 0; lane < 50; lane += 1) {
        const order = subject.taken.map(Number).filter((number) => number % 50 === lane);
        expect(order).toEqual(order.toSorted((left, right) => left - right));
      }
    });
  });
});

describe('several deliverers', () => {
  it('share the subscriptions, and one that stops leaves its own to the others', async () => {
    // With the consumer that wakes waiting runs there are six.
    const subjects = await Promise.all(Array.from({ length: 5 }, () => subscribed()));
    const [first, second] = [deliverer(subjects), deliverer(subjects)];
    await expect.poll(() => [first.held.length, second.held.length], soon).toEqual([3, 3]);
    await stop(first);
    await expect.poll(() => second.held.length, soon).toBe(6);
    await stop(second);
    for (const { subscription } of subjects) await removeSubscription(log.database, subscription.name);
  });

  it('refuse what a holder writes whose lease another one has by now', async () => {
    const subject = await subscribed();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    subject.answer = async () => {
      await gate;
      return delivered;
    };
    await subject.append(['1']);
    await whileDelivering(subject, async () => {
      await expect.poll(() => subject.tried, soon).toEqual(['1']);
      await log.database.query({
        text: 'UPDATE baton.consumers SET epoch = epoch + 1, lease_until = now() WHERE name = $1',
        values: [consumerOf(subject.subscription.name)],
      });
      open();
      // The first holder's delivery counts for nothing: the second one makes it again.
      await expect.poll(() => subject.taken, soon).toEqual(['1', '1']);
    });
  });
});
