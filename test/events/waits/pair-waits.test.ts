import { describe, expect, it } from 'vitest';

import type { CloudEvent } from '../../../src/core/cloud-event.ts';
import type { RecordedEvent } from '../../../src/events/recorded-event.ts';
import { pairWaits } from '../../../src/events/waits/pair-waits.ts';
import type { Wait } from '../../../src/events/waits/wait-store.ts';

function recorded(position: number, event: Partial<CloudEvent> = {}): RecordedEvent {
  const whole: CloudEvent = {
    specversion: '1.0',
    id: String(position),
    source: '/test',
    type: 'paid',
    ...event,
  };
  return { position, recordedAt: '2026-01-01T00:00:00.000Z', event: whole };
}

function wait(overrides: Partial<Wait> = {}): Wait {
  return {
    workflowId: 'run-1',
    step: 'payment',
    part: 0,
    registration: 'r-1',
    needsAll: false,
    pattern: { type: 'paid' },
    after: 0,
    taken: [],
    ...overrides,
  };
}

/** Who is told of what, as `run step/part position`. */
function told(events: readonly RecordedEvent[], waits: readonly Wait[]): string[] {
  return pairWaits(events, waits).map(
    ({ workflowId, message: { step, part, position } }) => `${workflowId} ${step}/${part} ${position}`,
  );
}

const any = [wait({ part: 0 }), wait({ part: 1, pattern: { type: 'withdrawn' } })];
const all = any.map((one) => ({ ...one, needsAll: true }));

type Case = [name: string, events: readonly RecordedEvent[], waits: readonly Wait[], told: string[]];

describe('who is told of which event', () => {
  it.each<Case>([
    [
      'a wait gets the first event that fits, and no other',
      [recorded(1), recorded(2)],
      [wait()],
      ['run-1 payment/0 1'],
    ],
    [
      'an event wakes all that wait for it',
      [recorded(1)],
      [wait(), wait({ workflowId: 'run-2' })],
      ['run-1 payment/0 1', 'run-2 payment/0 1'],
    ],
    ['another type wakes no one', [recorded(1, { type: 'lost' })], [wait()], []],
    [
      'a subject must be the one',
      [recorded(1, { subject: 'b' })],
      [wait({ pattern: { type: 'paid', subject: 'a' } })],
      [],
    ],
    ['a wait for any subject gets each', [recorded(1, { subject: 'b' })], [wait()], ['run-1 payment/0 1']],
    [
      'data must fit',
      [recorded(1, { data: { n: 1 } }), recorded(2, { data: { n: 2 } })],
      [wait({ pattern: { type: 'paid', data: { n: 2 } } })],
      ['run-1 payment/0 2'],
    ],
    ['events from before the run do not count', [recorded(5)], [wait({ after: 5 })], []],
    [
      'events that the run was given before do not count',
      [recorded(5), recorded(6)],
      [wait({ taken: [5] })],
      ['run-1 payment/0 6'],
    ],
    [
      'a step that takes any event gets one',
      [recorded(1, { type: 'withdrawn' }), recorded(2)],
      any,
      ['run-1 payment/1 1'],
    ],
    [
      'a step that needs all gets one of each',
      [recorded(1), recorded(2), recorded(3, { type: 'withdrawn' })],
      all,
      ['run-1 payment/0 1', 'run-1 payment/1 3'],
    ],
    [
      'two steps of a run get one each',
      [recorded(1)],
      [wait(), wait({ step: 'other' })],
      ['run-1 payment/0 1', 'run-1 other/0 1'],
    ],
  ])('%s', (...[, events, waits, expected]) => {
    expect(told(events, waits)).toEqual(expected);
  });

  it('ends all waits of a step that takes any event, and one part of a step that needs all', () => {
    const ends = (waits: readonly Wait[]): unknown[] =>
      pairWaits([recorded(1)], waits).map((one) => one.ends);
    const of = { workflowId: 'run-1', step: 'payment', registration: 'r-1' };
    expect(ends(any)).toEqual([{ ...of, part: null }]);
    expect(ends(all)).toEqual([{ ...of, part: 0 }]);
  });

  it('sends an event that is too large without its data, and says how large it is', () => {
    const [telling] = pairWaits([recorded(1, { data: 'é'.repeat(600_000), urgent: true })], [wait()]);
    expect(telling?.message).toEqual({
      step: 'payment',
      part: 0,
      position: 1,
      event: { specversion: '1.0', id: '1', source: '/test', type: 'paid', urgent: true },
      bytes: expect.any(Number) as number,
    });
    expect(telling?.message.bytes).toBeGreaterThan(1_200_000);
  });
});
