import { expect, it } from 'vitest';

import type { Running } from '../../src/dev/child-process.ts';
import { keepRunning, nextPause } from '../../src/dev/keep-running.ts';
import { until } from './until.ts';

it.each([
  { previous: null, ranFor: 0, pause: 200 },
  { previous: 200, ranFor: 100, pause: 400 },
  { previous: 6_400, ranFor: 100, pause: 10_000 },
  { previous: 10_000, ranFor: 100, pause: 10_000 },
  { previous: 10_000, ranFor: 30_000, pause: 200 },
])('pauses $pause ms after $previous ms, when it ran for $ranFor ms', ({ previous, ranFor, pause }) => {
  expect(nextPause(previous, ranFor)).toBe(pause);
});

/** A program without a process, that a test ends when it likes. */
function fakeProgram(pid: number): Running & { end(how: string): void } {
  let end: (how: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => {
    end = resolve;
  });
  const stop = async (): Promise<void> => {
    end('stop');
    await exited;
  };
  return { pid, exited, stop, end };
}

it('starts again what ended, also when a start fails, and says so', async () => {
  const lines: string[] = [];
  const programs = [fakeProgram(1), null, fakeProgram(3)];
  let starts = 0;
  const start = async (): Promise<Running> => {
    const program = programs[starts++];
    return program === null || program === undefined
      ? Promise.reject(new Error('no memory'))
      : Promise.resolve(program);
  };
  const kept = await keepRunning({ name: 'payment', start, report: (line) => lines.push(line) });
  programs[0]?.end('exit code 9');
  await until(() => kept.current().pid === 3);
  expect(lines).toEqual([
    'payment: ended with exit code 9; starting it again in 0.2 s',
    'payment: ended with no memory; starting it again in 0.4 s',
  ]);
  await kept.stop();
  expect(starts).toBe(3);
});

it('stops what is being started when the stop comes', async () => {
  const [first, second] = [fakeProgram(1), fakeProgram(2)];
  let release: () => void = () => undefined;
  let starts = 0;
  const start = async (): Promise<Running> => {
    starts += 1;
    if (starts === 1) return first;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return second;
  };
  const kept = await keepRunning({ name: 'payment', start, report: () => undefined });
  first.end('exit code 1');
  await until(() => starts === 2);
  const stopped = kept.stop();
  release();
  await stopped;
  expect(await second.exited).toBe('stop');
});

it('throws what the first start throws', async () => {
  const start = async (): Promise<Running> => Promise.reject(new Error('broken'));
  await expect(keepRunning({ name: 'payment', start, report: () => undefined })).rejects.toThrow('broken');
});
