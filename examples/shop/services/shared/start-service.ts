import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

import { readApiDocument } from './api-document.ts';
import { createService } from './create-service.ts';
import { openDatabase } from './database.ts';
import { startRelay } from './events/relay.ts';
import { migrate } from './migrate.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { Settings } from './settings.ts';

/** How long a stopping service finishes what it is answering, in milliseconds. */
const grace = 5_000;

export interface RunningService {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, finishes those begun within the grace, then lets go of the database. Events that were not told
   * yet wait for the next start. */
  stop(): Promise<void>;
}

/**
 * Makes the tables that are missing and serves.
 *
 * @throws Error when the database cannot be reached or the port is taken
 */
export async function startService(
  definition: ServiceDefinition,
  { settings, log }: { readonly settings: Settings; readonly log: Logger },
): Promise<RunningService> {
  const database = openDatabase(settings.databaseUrl, log);
  try {
    const [document, ...schemas] = await Promise.all([
      readApiDocument(definition.folder),
      readFile(new URL('schema.sql', import.meta.url), 'utf8'),
      readFile(new URL('schema.sql', definition.folder), 'utf8'),
    ]);
    await migrate(database, schemas);
    const app = createService(definition, { ...settings, document, database, log });
    const server = createServer(app);
    await listen(server, settings);
    const { databaseUrl, batonApi } = settings;
    const relay = batonApi === null ? null : startRelay({ databaseUrl, api: batonApi, log });
    const { address, port } = server.address() as AddressInfo;
    return {
      url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
      stop: async () => {
        await drain(server);
        await relay?.stop();
        await database.end();
      },
    };
  } catch (error) {
    await database.end();
    throw error;
  }
}

async function listen(server: Server, { host, port }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`port ${port} of ${host} is taken; set PORT to another`) : error);
    });
    server.listen(port, host, resolve);
  });
}

async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, grace);
  // A connection that has just been answered on stays open for the next request, which will not be taken.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cut);
  clearInterval(sweep);
}
