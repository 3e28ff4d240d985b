import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('stopping.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('a request to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'comes with the first %s, and the process goes on',
    async (signal) => {
      const child = await startStopping('0');
      child.send(signal);
      await child.says(`asked by ${signal}`);
      await child.says(`outlived ${signal}`);
    },
  );

  it('comes once, however often one press of a key is passed on', async () => {
    const child = await startStopping('0');
    child.send('SIGINT');
    await child.says('outlived SIGINT');
    child.send('SIGTERM');
    await child.says('outlived SIGTERM');
    expect(child.output().match(/asked by/g)).toHaveLength(1);
  });

  it.each([
    { signal: 'SIGINT', code: 130 },
    { signal: 'SIGTERM', code: 143 },
  ] as const)('is an order at the second press: $signal ends with $code', async ({ signal, code }) => {
    // More than a second passes between the two.
    const child = await startStopping('1500');
    child.send(signal);
    await child.says(`outlived ${signal}`);
    child.send(signal);
    expect(await child.exited).toEqual([code, null]);
  });
});

interface Stopping {
  /** Exit code and signal. */
  readonly exited: Promise<unknown>;
  send(signal: NodeJS.Signals): void;
  /** Waits until it has written the text; rejects when it ends before. */
  says(text: string): Promise<void>;
  output(): string;
}

/** @param step milliseconds by which the clock of the process moves on at every look at it */
async function startStopping(step: string): Promise<Stopping> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, step], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const exited = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = async (): Promise<never> => {
    throw new Error(`ended with ${String(await exited)} after: ${output}`);
  };
  const says = async (text: string): Promise<void> => {
    while (!output.includes(text)) await Promise.race([once(child.stdout, 'data'), ended()]);
  };
  await says('listening');
  return { exited, send: (signal) => child.kill(signal), says, output: () => output };
}
