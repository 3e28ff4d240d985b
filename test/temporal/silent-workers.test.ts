import { describe, expect, it } from 'vitest';

import { findSilent, type Heartbeat } from '../../src/temporal/silent-workers.ts';

const now = 1_000_000;
const [running, stopping] = [1, 2];

function heartbeat(
  age: number,
  more: { identity?: string; interval?: number; status?: number } = {},
): Heartbeat {
  return {
    workerIdentity: more.identity ?? 'w',
    status: more.status ?? running,
    heartbeatTime: { seconds: (now - age) / 1_000 },
    ...(more.interval !== undefined && { elapsedSinceLastHeartbeat: { seconds: more.interval / 1_000 } }),
  } as unknown as Heartbeat;
}

describe('findSilent', () => {
  it.each([
    ['a worker that gave a sign just now', [heartbeat(0, { interval: 5_000 })], []],
    ['three intervals ago', [heartbeat(15_000, { interval: 5_000 })], []],
    ['longer ago than three intervals', [heartbeat(16_000, { interval: 5_000 })], [['w', now - 10_000]]],
    ['a short interval, where clocks may differ', [heartbeat(10_000, { interval: 1_000 })], []],
    ['a first heart-beat, whose interval is not known', [heartbeat(100_000)], []],
    ['a worker that says that it stops', [heartbeat(2_000, { status: stopping })], [['w', now - 1_000]]],
    ['one of two under the same identity', [heartbeat(2_000, { status: stopping }), heartbeat(0)], []],
    [
      'others beside it',
      [heartbeat(0, { identity: 'a' }), heartbeat(2_000, { status: stopping })],
      [['w', now - 1_000]],
    ],
  ])('%s', (_case, heartbeats, silent) => {
    expect([...findSilent(heartbeats, now)]).toEqual(silent);
  });
});
