import { type Client, ServiceError } from '@temporalio/client';
import pino from 'pino';
import { Registry } from 'prom-client';

import { createApp } from '../../src/api/app.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { listen, type Listening } from '../../src/api/listen.ts';
import { validateAgainst } from '../../src/project/json-schema.ts';
import type { Process, Project } from '../../src/project/project.ts';

/** A small process: something is weighed, and may wait for a person or be stuck. */
export const parcel: Process = {
  name: 'parcel',
  title: 'Parcel',
  description: 'Sends a parcel',
  inputSchema: {
    type: 'object',
    required: ['weight'],
    additionalProperties: false,
    properties: {
      weight: { type: 'integer', minimum: 1 },
      until: {
        enum: [
          ...['approval', 'stuck', 'stuck twice', 'cancelled', 'renewed'],
          ...['called', 'delivered', 'approved delivery', 'held', 'held twice', 'sub-run'],
        ],
      },
    },
  },
  example: { weight: 3 },
  decisions: {
    approval: {
      name: 'approval',
      title: 'May it go?',
      schema: {
        type: 'object',
        required: ['approved'],
        additionalProperties: false,
        properties: { approved: { type: 'boolean' } },
      },
    },
  },
  graph: [{ name: 'approval', kind: 'decision', operation: null, after: [], undo: null, each: false }],
  module: '/nowhere/parcel.ts',
  exportName: 'parcel',
};

const project: Project = {
  dir: '/nowhere',
  catalogue: {},
  processes: { parcel },
  events: { types: {}, subscriptions: {}, expectations: [] },
  readModels: [],
};

/** What Temporal's client throws when the server cannot be reached. */
export const temporalAway = new ServiceError('failed', {
  cause: Object.assign(new Error('no connection'), { code: 14, details: 'no connection', metadata: {} }),
});

/** A client whose Temporal is away; any other use of it than to count or list runs throws. */
const noClient = {
  options: { namespace: 'default' },
  withDeadline: (_deadline: number, work: () => unknown) => work(),
  workflowService: {
    countWorkflowExecutions: () => Promise.reject(temporalAway),
    listWorkflowExecutions: () => Promise.reject(temporalAway),
  },
} as unknown as Client;

export function sampleDeps(overrides: Partial<ApiDeps> = {}): ApiDeps {
  return {
    client: noClient,
    project,
    taskQueue: 'test',
    eagerStart: false,
    bodyLimit: 10_000,
    uiUrl: 'http://ui.example/',
    log: pino({ level: 'silent' }),
    registry: new Registry(),
    eventLog: null,
    loadRunView: () => Promise.reject(new Error('no run is expected')),
    watchRunView: () => {
      throw new Error('no run is expected');
    },
    readHistory: () => Promise.reject(new Error('no history is expected')),
    validate: validateAgainst,
    checks: {},
    ...overrides,
  };
}

/** An API at work, and how to ask it. */
export interface TestApi {
  readonly listening: Listening;
  readonly url: string;
  readonly ask: Ask;
}

/** What came back; a body that is no JSON is text. */
interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** An object as body goes out as JSON, a string or bytes as they are. */
type Ask = (
  request: `${'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD' | 'OPTIONS'} /${string}`,
  options?: {
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
    readonly signal?: AbortSignal;
  },
) => Promise<Reply>;

export async function startApi(deps: ApiDeps, grace = 5_000): Promise<TestApi> {
  const listening = await listen(createApp(deps), { host: '127.0.0.1', port: 0, grace, log: deps.log });
  const ask: Ask = async (request, { body, headers = {}, signal } = {}) => {
    const [method = '', path = ''] = request.split(' ');
    const isRaw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${listening.url}${path}`, {
      method,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: toObject(text), text };
  };
  return { listening, url: listening.url, ask };
}

function toObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
