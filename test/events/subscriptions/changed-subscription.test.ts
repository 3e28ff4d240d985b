import { describe, expect, it } from 'vitest';

import { consumerOf } from '../../../src/events/subscriptions/subscription.ts';
import {
  pauseSubscription,
  replaySubscription,
  settleParked,
} from '../../../src/events/subscriptions/change-subscription.ts';
import { createSubscription } from '../../../src/events/subscriptions/subscription-store.ts';
import {
  delivered,
  held,
  log,
  refused,
  Subject,
  subscribed,
  useDeliveryLab,
  whileDelivering,
} from './delivery-lab.ts';

useDeliveryLab();

describe('a change', () => {
  const unasked = { timeout: 20_000, interval: 20 };
  // Rounds never come, so that nothing but the notification can tell a deliverer of it.
  const withoutRounds = { roundEvery: 3_600_000 };

  it('is made at once: parked events are tried again', async () => {
    const subject = await subscribed();
    subject.answer = () => refused;
    await subject.append(['1', 'a'], ['2', 'a']);
    await whileDelivering(
      subject,
      async () => {
        await expect.poll(async () => (await subject.state()).open.parked, unasked).toBe(1);
        subject.answer = () => delivered;
        await settleParked(log.database, subject.subscription.name, { action: 'retry' });
        await expect.poll(() => subject.taken, unasked).toEqual(['1', '2']);
      },
      withoutRounds,
    );
  });

  it('is made at once: everything is delivered again', async () => {
    const subject = await subscribed();
    await subject.append(['1']);
    await whileDelivering(
      subject,
      async () => {
        await expect.poll(() => subject.taken, unasked).toEqual(['1']);
        await replaySubscription(log.database, subject.subscription.name, 'beginning');
        await expect.poll(() => subject.taken, unasked).toEqual(['1', '1']);
      },
      withoutRounds,
    );
  });

  it('is made at once: a subscription is held, and goes on', async () => {
    const subject = await subscribed();
    const { name } = subject.subscription;
    await whileDelivering(
      subject,
      async () => {
        await expect.poll(held, unasked).toContain(consumerOf(name));
        await pauseSubscription(log.database, name, true);
        await expect.poll(held, unasked).not.toContain(consumerOf(name));
        await subject.append(['1']);
        await pauseSubscription(log.database, name, false);
        await expect.poll(() => subject.taken, unasked).toEqual(['1']);
      },
      withoutRounds,
    );
  });

  it('is made at once: a subscription is new', async () => {
    const subject = new Subject();
    await whileDelivering(
      subject,
      async () => {
        await expect.poll(held, unasked).toHaveLength(1);
        await createSubscription(log.database, subject.subscription, 'now');
        await subject.append(['1']);
        await expect.poll(() => subject.taken, unasked).toEqual(['1']);
      },
      withoutRounds,
    );
  });

  it('waits for what the former holder has under way', async () => {
    const subject = await subscribed();
    let end = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    const underWay = { now: 0, most: 0 };
    subject.answer = async () => {
      underWay.now += 1;
      underWay.most = Math.max(underWay.most, underWay.now);
      await gate;
      underWay.now -= 1;
      return delivered;
    };
    await subject.append(['1']);
    const test = async (): Promise<void> => {
      await expect.poll(() => subject.tried, unasked).toEqual(['1']);
      await replaySubscription(log.database, subject.subscription.name, 'beginning');
      const consumer = consumerOf(subject.subscription.name);
      await expect.poll(held, unasked).not.toContain(consumer);
      end();
      await expect.poll(() => subject.taken, unasked).toEqual(['1', '1']);
      expect(underWay.most).toBe(1);
    };
    await whileDelivering(subject, async () => test().finally(end), withoutRounds);
  });
});
