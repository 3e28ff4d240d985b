import { z } from 'zod';

import { runStatuses } from '../core/run-state.ts';
import type { CorrelationResource, Seen } from '../correlations/correlation-resource.ts';
import type { CorrelatedDelivery } from '../correlations/material.ts';
import { eventStatuses } from '../correlations/nodes.ts';
import type { ShapeOf } from './shape-of.ts';

const time = z.iso.datetime();
const position = z.int();
const node = z.string().meta({ description: 'The node that it belongs to' });

const eventEntrySchema = z.object({
  ...{ at: time, kind: z.literal('event'), node, position, id: z.string(), source: z.string() },
  ...{ type: z.string(), subject: z.string().nullable() },
});
const runEntrySchema = z.object({
  ...{ at: time, kind: z.enum(['run-started', 'run-ended']), node, run: z.string(), process: z.string() },
  status: z.enum(runStatuses),
});

const nodeSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['event', 'run']),
    title: z.string().meta({ description: 'An event’s type, a run’s process' }),
    source: z.string().meta({ description: 'Who made it' }),
    status: z
      .enum([...runStatuses, ...eventStatuses])
      .nullable()
      .meta({
        description:
          'A run’s; of an event, what holds it up (`parked`, `retrying`) or what is still expected after it',
      }),
    at: time,
    position: position.nullable().meta({ description: 'Of an event' }),
    run: z.string().nullable().meta({ description: 'Of a run: its id' }),
  })
  .meta({ id: 'CorrelationNode' });

const edgeSchema = z
  .object({ from: z.string(), to: z.string(), kind: z.enum(['caused', 'emitted', 'started']) })
  .meta({ id: 'CorrelationEdge', description: 'Both ends are ids of nodes' });

const expectationSchema = z
  .object({
    rule: z.string(),
    event: position.meta({ description: 'Of the event that is to be reacted to' }),
    after: z.string(),
    expect: z.array(z.string()),
    within: z.number().meta({ description: 'Milliseconds' }),
    status: z.enum(['met', 'awaited', 'overdue']),
    by: position.nullable().meta({ description: 'Of the first reaction' }),
    deadline: time,
  })
  .meta({ id: 'Expectation' });

const deliverySchema = z
  .object({
    subscription: z.string(),
    position: position.meta({ description: 'Of the event' }),
    state: z.enum(['retrying', 'waiting', 'parked']).meta({
      description: '`waiting`: behind another event of its subject; `parked`: for a person',
    }),
    attempts: z.int(),
    nextAttemptAt: time.nullable(),
    error: z
      .object({ message: z.string(), status: z.int().optional(), body: z.string().optional() })
      .nullable(),
  })
  .meta({ id: 'CorrelationDelivery' }) as z.ZodType<CorrelatedDelivery>;

export const correlationSchema = z
  .object({
    key: z.string(),
    seen: z
      .object({
        events: z.enum(['all', 'cut', 'away', 'off']),
        runs: z.enum(['all', 'cut', 'away']),
      } satisfies ShapeOf<Seen>)
      .meta({
        description:
          '`cut`: the latest events only, or not all runs; `away`: PostgreSQL or Temporal does not answer; `off`: there is no event log',
      }),
    timeline: z.array(z.union([eventEntrySchema, runEntrySchema])),
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    expectations: z.array(expectationSchema),
    deliveries: z
      .array(deliverySchema)
      .meta({ description: 'Events that a subscription could not deliver yet' }),
  } satisfies ShapeOf<CorrelationResource>)
  .meta({ id: 'Correlation' });
