import type { RequestHandler } from 'express';

import type { Answer } from './answer.ts';
import { type Database, transact } from './database.ts';
import type { Faults } from './faults.ts';
import { causeOfRequest } from './events/cause.ts';
import { publish } from './events/outbox.ts';
import { toRefusal } from './events/refusals.ts';
import { fingerprintOf, once } from './idempotency.ts';
import { orderIdOf } from './operation.ts';
import { operationOf } from './request-validation.ts';
import type { ServiceDefinition } from './service-definition.ts';

/** Answers the service's own operations: the document has already found which one it is, and that the request fits. */
export function answerOperations(
  { name: service, reads, changes, refusals }: ServiceDefinition,
  { database, faults }: { readonly database: Database; readonly faults: Faults },
): RequestHandler {
  return async (request, response) => {
    const { operation, path } = operationOf(request);
    const asked = { path, body: request.body as unknown };
    const struck = { operation, orderId: orderIdOf(asked) };

    await faults.strike('before', struck);
    const { answer, isReplay } = await perform();
    await faults.strike('after', struck);

    if (isReplay) response.set('Idempotency-Replayed', 'true');
    response.status(answer.status).json(answer.body);

    async function perform(): Promise<{ readonly answer: Answer; readonly isReplay: boolean }> {
      // The document has checked the request: it is what the operation takes.
      const valid = asked as never;
      const read = reads[operation];
      if (read !== undefined) return { answer: await read(database, valid), isReplay: false };
      const change = changes[operation];
      if (change === undefined) throw new TypeError(`${operation} is in the document only`);
      const key = request.get('Idempotency-Key') ?? '';
      const keyed = { key, fingerprint: fingerprintOf({ operation, ...asked }) };
      const [baggage, traceparent] = [request.get('baggage'), request.get('traceparent')];
      const origin = { service, cause: causeOfRequest({ idempotencyKey: key, baggage, traceparent }) };
      try {
        return await transact(database, (transaction) =>
          once(transaction, keyed, async () => {
            const answer = await change(transaction, valid);
            await publish(transaction, answer.fact === undefined ? [] : [answer.fact], origin);
            return answer;
          }),
        );
      } catch (error) {
        const refusal = toRefusal(refusals, error, struck.orderId ?? '');
        if (refusal !== null)
          await transact(database, (transaction) => publish(transaction, [refusal], origin));
        throw error;
      }
    }
  };
}
