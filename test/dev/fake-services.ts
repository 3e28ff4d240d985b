import type { ProjectEvents } from '../../src/project/project.ts';
import type { Catalogue, DevService, Service } from '../../src/services/catalogue.ts';

/** Answers every request with what the service got: its environment, and its folder beside it. */
const echo = `
  require('node:http')
    .createServer((request, response) => response.end(JSON.stringify({ ...process.env, folder: process.cwd() })))
    .listen(Number(process.env.PORT), process.env.HOST);
`;

/** A command that serves HTTP as a project's service would. */
const echoCommand: readonly string[] = ['node', '-e', echo];

export interface FakeService extends Partial<DevService> {
  readonly port: number;
  readonly secret?: string;
}

/** A catalogue of services that answer with their environment, unless another command is given. */
export function fakeCatalogue(services: Readonly<Record<string, FakeService>>): Catalogue {
  return Object.fromEntries(
    Object.entries(services).map(([name, fake]) => [
      name,
      {
        name,
        url: `http://127.0.0.1:${fake.port}`,
        openapi: 'openapi.yaml',
        auth:
          fake.secret === undefined
            ? null
            : { header: 'authorization', prefix: 'Bearer ', secret: fake.secret },
        bulkhead: { concurrency: 10, rate: null },
        operations: {},
        dev: { command: fake.command ?? echoCommand, database: fake.database ?? null },
      } satisfies Service,
    ]),
  );
}

/** A project that does nothing with events. */
export const noEvents: ProjectEvents = { types: {}, subscriptions: {}, expectations: [] };
