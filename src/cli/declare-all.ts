import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';

import type { Database } from '../events/database.ts';
import type { Definition } from '../events/read-models/definition.ts';
import { registerReadModels } from '../events/read-models/register-read-models.ts';
import { declareSubscription } from '../events/subscriptions/declare-subscription.ts';
import type { Project } from '../project/project.ts';

/** What a project wants to be there. */
export interface Declarations {
  readonly subscriptions: readonly Project['events']['subscriptions'][string][];
  readonly readModels: readonly Definition[];
}

interface Surroundings {
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Between two tries, in milliseconds. */
const retryAfter = 1_000;

/** Makes the project's own subscriptions and read models, as soon as PostgreSQL lets us. */
export async function declareAll(
  { subscriptions, readModels }: Declarations,
  database: Database,
  surroundings: Surroundings,
): Promise<void> {
  for (const declared of subscriptions) {
    const { name: subscription } = declared.subscription;
    await untilDone({ subscription }, async () => declareSubscription(database, declared), surroundings);
  }
  for (const definition of readModels) {
    const readModel = definition.name;
    await untilDone(
      { readModel },
      async () => {
        const registered = await registerReadModels(database, [definition]);
        sayRegistered(readModel, registered.get(readModel), surroundings.log);
      },
      surroundings,
    );
  }
}

function sayRegistered(readModel: string, registration: string | undefined, log: Logger): void {
  if (registration === 'older') {
    log.warn(
      { readModel },
      'the database has a later version of the read model; this process leaves it alone',
    );
  }
  if (registration === 'new' || registration === 'rebuilding')
    log.info({ readModel }, 'the read model is to be built');
}

async function untilDone(
  what: Readonly<Record<string, string>>,
  declare: () => Promise<unknown>,
  { log, signal }: Surroundings,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await declare();
      return;
    } catch (error) {
      log.warn({ err: error, ...what }, 'what the project declares cannot be made yet');
      await sleep(retryAfter, undefined, { signal }).catch(() => undefined);
    }
  }
}
