import { fileURLToPath } from 'node:url';

import { defaultRetryPolicy } from '../src/core/retry-policy.ts';
import type { Process, Project } from '../src/project/project.ts';
import type { Operation } from '../src/services/catalogue.ts';

/** The ways to make four calls that are compared; each is a workflow type. */
export const ways = {
  'baton-ordinary': { module: 'by-baton', exportName: 'batonOrdinary' },
  'hand-ordinary': { module: 'by-hand', exportName: 'handOrdinary' },
  'baton-quick': { module: 'by-baton', exportName: 'batonQuick' },
  'hand-quick': { module: 'by-hand', exportName: 'handQuick' },
} as const;

export type Way = keyof typeof ways;

/** A long run, to be looked at. */
export const longRun = { name: 'many-steps', steps: 2_000 };

/** A run that waits for an event. */
export const waitingRun = { name: 'waiting' };

/** A project made of the ways, the long run, and one service that has an ordinary and a quick operation. */
export function benchProject(serviceUrl: string): Project {
  const operation = (name: string, quick: boolean): Operation => ({
    service: 'bench',
    name,
    operationId: name,
    method: 'POST',
    path: '/echo',
    timeout: 5_000,
    retry: defaultRetryPolicy,
    quick,
  });
  const more = {
    [longRun.name]: { module: 'by-baton', exportName: 'manySteps' },
    [waitingRun.name]: { module: 'waiting', exportName: 'waiting' },
  };
  const processes = Object.entries({ ...ways, ...more }).map(
    ([name, { module, exportName }]): [string, Process] => [
      name,
      {
        name,
        title: name,
        description: name,
        inputSchema: {},
        example: null,
        decisions: {},
        graph: [],
        module: fileURLToPath(new URL(`./processes/${module}.ts`, import.meta.url)),
        exportName,
      },
    ],
  );
  return {
    dir: fileURLToPath(new URL('.', import.meta.url)),
    processes: Object.fromEntries(processes),
    events: { types: {}, subscriptions: {}, expectations: [] },
    readModels: [],
    catalogue: {
      bench: {
        name: 'bench',
        url: serviceUrl,
        openapi: '',
        auth: null,
        bulkhead: { concurrency: 200, rate: null },
        operations: { ordinary: operation('ordinary', false), quick: operation('quick', true) },
        dev: null,
      },
    },
  };
}
