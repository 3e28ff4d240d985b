import { execa } from 'execa';

import { freePort } from '../../src/dev/ports.ts';
import { locateTemporal } from '../../src/dev/temporal-binary.ts';
import { connectClient } from '../../src/temporal/connect-client.ts';
import type { TemporalSettings } from '../../src/temporal/settings.ts';

/** A Temporal server of a test's own. */
export interface TestTemporal {
  readonly settings: TemporalSettings;
  stop(): Promise<void>;
}

/** @param options dataFile: keeps what the server knows; left out: it is forgotten when the server stops */
export async function startTemporal(
  options: { port?: number; dataFile?: string; dynamicConfig?: readonly string[] } = {},
): Promise<TestTemporal> {
  const port = options.port ?? (await freePort('127.0.0.1'));
  const dynamicConfig = ['history.transferProcessorMaxPollRPS=2000', ...(options.dynamicConfig ?? [])];
  const server = execa(
    await findTemporal(),
    [
      ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)],
      ...dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]),
      ...(options.dataFile === undefined ? [] : ['--db-filename', options.dataFile]),
    ],
    { stdio: 'ignore', reject: false },
  );
  const settings = { address: `127.0.0.1:${port}`, namespace: 'default', credentials: {} };
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await server;
  };
  try {
    const connection = await connectClient(settings, { timeout: 30_000 });
    await connection.close();
  } catch (error) {
    await stop();
    throw error;
  }
  return { settings, stop };
}

/** Temporal's own command line, on a server of a test's own. */
export async function runTemporal({ address }: TemporalSettings, args: readonly string[]): Promise<void> {
  await execa(await findTemporal(), [...args, '--address', address]);
}

async function findTemporal(): Promise<string> {
  return locateTemporal({
    cacheDir: null,
    env: process.env,
    report: (line) => process.stderr.write(`${line}\n`),
  });
}
