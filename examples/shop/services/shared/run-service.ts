import { pino } from 'pino';

import type { ServiceDefinition } from './service-definition.ts';
import { readSettings } from './settings.ts';
import { startService } from './start-service.ts';

/** Runs a service as a process of its own, until SIGTERM or SIGINT. What ends it otherwise is told in one line. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  try {
    const settings = readSettings(process.env, definition);
    const log = pino({ name: definition.name, level: settings.logLevel });
    const service = await startService(definition, { settings, log });
    log.info({ url: service.url }, 'ready');
    const signal = await nextSignal();
    log.info({ signal }, 'stopping');
    await service.stop();
    log.info('stopped');
  } catch (error) {
    process.stderr.write(`${definition.name} failed: ${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}

async function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}

/** Some faults of the network have no message, only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code = error.name }: NodeJS.ErrnoException = error;
  return message === '' ? code : message;
}
