import { randomUUID } from 'node:crypto';

import { beforeAll, expect } from 'vitest';

import type { ApiDeps } from '../../src/api/deps.ts';
import type { EventLog } from '../../src/events/event-log.ts';
import type { ProjectEvents } from '../../src/project/project.ts';
import { openLogLab, type LogLab } from '../events/lab.ts';
import { sampleDeps, startApi, type TestApi } from './sample.ts';

export const structured = { 'Content-Type': 'application/cloudevents+json' };
export const batch = { 'Content-Type': 'application/cloudevents-batch+json' };

/** An event as a client sends it, right unless the overrides make it wrong. */
export function event(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return { specversion: '1.0', id: randomUUID(), source: '/test', type: 'order.seen', ...overrides };
}

/** Types as a team would declare them. */
const declared: ProjectEvents = {
  subscriptions: {},
  expectations: [],
  types: {
    'order.placed': {
      name: 'order.placed',
      title: 'An order was placed',
      schema: {
        type: 'object',
        required: ['lines'],
        properties: {
          lines: {
            type: 'array',
            items: { type: 'object', properties: { quantity: { type: 'integer', minimum: 1 } } },
          },
        },
      },
    },
    'order.seen': { name: 'order.seen', title: 'Someone looked at an order', schema: null },
  },
};

/** An API with an event log of its own on a real PostgreSQL. */
export interface EventLab {
  readonly api: TestApi;
  readonly log: EventLog;
  readonly postgres: LogLab['postgres'];
}

/** Opens a lab for a test file, and closes it with the file. */
export function useEventLab(overrides: Partial<ApiDeps> = {}): EventLab {
  const lab: { current?: EventLab } = {};
  beforeAll(async () => {
    const logs = await openLogLab();
    const log = await logs.open();
    const deps = sampleDeps(overrides);
    const api = await startApi({ ...deps, project: { ...deps.project, events: declared }, eventLog: log });
    lab.current = { api, log, postgres: logs.postgres };
    return async () => {
      await api.listening.close();
      await logs.close();
    };
  });
  const current = (): EventLab => lab.current ?? expect.fail('there is no lab yet');
  return {
    get api() {
      return current().api;
    },
    get log() {
      return current().log;
    },
    get postgres() {
      return current().postgres;
    },
  };
}
