import { beforeAll, describe, expect, it, vi } from 'vitest';

import { changeLines } from '../../../src/cli/render/change-lines.ts';
import { createPaint } from '../../../src/cli/render/paint.ts';
import { at, now, run, step, waitingCall } from './sample-run.ts';

const look = { paint: createPaint(false), now };
const reserve = step('reserve');

beforeAll(() => {
  vi.stubEnv('TZ', 'UTC');
});

describe('the lines of a change', () => {
  it('are the run and all of its steps at first', () => {
    expect(changeLines(null, run([reserve, waitingCall]), look)).toEqual([
      '12:00:30  order-1  ● running  order',
      '12:00:30  reserve  stock.reserve  ✔ completed  250 ms',
      '12:00:30  pay  payment.pay  ◷ waiting  attempt 3, for 29 s, next attempt in 4 s  call-failed: the service answered 503',
    ]);
  });

  it('are what is new later, and the end comes last', () => {
    const paid = step('pay', { service: 'payment', operation: 'pay', attempt: 4 });
    const before = run([reserve, waitingCall]);
    expect(changeLines(before, run([reserve, paid]), look)).toEqual([
      '12:00:30  pay  payment.pay  ✔ completed  attempt 4, 250 ms',
    ]);
    const ended = run([reserve, paid], { status: 'completed', closedAt: at(30), output: { paid: true } });
    expect(changeLines(before, ended, look)).toEqual([
      '12:00:30  pay  payment.pay  ✔ completed  attempt 4, 250 ms',
      '12:00:30  order-1  ✔ completed  order  {"paid":true}',
    ]);
  });

  it('are none where the same comes again, as after a broken connection', () => {
    expect(changeLines(run([reserve]), run([reserve]), look)).toEqual([]);
  });

  it('tell a stall once', () => {
    const stalled = run([], { stall: { reason: 'no-worker', message: 'no worker is there' } });
    expect(changeLines(run([]), stalled, look)).toEqual(['12:00:30  stalled  no worker is there']);
    expect(changeLines(stalled, stalled, look)).toEqual([]);
  });
});
