import express, { Router } from 'express';

import type { Database } from '../database.ts';
import type { Faults } from '../faults.ts';
import type { ServiceDefinition } from '../service-definition.ts';
import { handleEvent } from './handle-event.ts';
import { readEvent, type ShopEvent } from './shop-event.ts';
import { verifyRequest } from './verify-request.ts';

export interface EventDeps {
  readonly database: Database;
  readonly faults: Faults;
  /** What requests must be signed with; `undefined` = they need not be. */
  readonly eventsKey: string | undefined;
}

/** Where events are delivered to. An event that the service has no reaction to is taken, and that is all. */
export function eventRoutes({ name, reactions }: ServiceDefinition, deps: EventDeps): Router {
  const { database, faults, eventsKey } = deps;
  const router = Router();
  router.post('/events', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { method, originalUrl: path, headers } = request;
    if (eventsKey !== undefined) await verifyRequest({ method, path, headers, body }, eventsKey);
    const event = readEvent(headers, body);
    const reaction = Object.hasOwn(reactions, event.type) ? reactions[event.type] : undefined;
    if (reaction !== undefined) {
      const struck = { operation: reaction.operation ?? '', orderId: orderIdOf(event) };
      await faults.strike('before', struck);
      await handleEvent(event, reaction, { database, service: name });
      await faults.strike('after', struck);
    }
    response.status(204).end();
  });
  return router;
}

function orderIdOf({ data }: ShopEvent): string | undefined {
  return typeof data === 'object' && data !== null && 'orderId' in data ? String(data.orderId) : undefined;
}
