import { setTimeout as sleep } from 'node:timers/promises';

import type { Consume } from '../consumers/run-consumers.ts';
import type { Lease } from '../consumers/lease.ts';
import type { Definition } from './definition.ts';
import { findReadModel } from './find-read-model.ts';
import { type GenerationId, generationOf } from './generation.ts';
import { findGeneration } from './generation-store.ts';
import { projectGeneration, type ProjectionOptions } from './project-generation.ts';

/** A generation of another version is held for so long before it is left to a process that has that version, in milliseconds. */
const holdForOthers = 2_000;

/**
 * Says what to do for the consumers that fill read models, for `runConsumers`.
 *
 * @returns for the name of a consumer: how to go on with it; `null` where it is no read model, or none of these
 */
export function consumeReadModels(
  definitions: readonly Definition[],
  options: ProjectionOptions,
): (consumer: string) => Consume | null {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  return (consumer) => {
    const id = generationOf(consumer);
    const definition = id === null ? undefined : byName.get(id.readModel);
    if (id === null || definition === undefined) return null;
    return async (lease) => consume(definition, id, { lease, options });
  };
}

async function consume(
  definition: Definition,
  id: GenerationId,
  { lease, options }: { readonly lease: Lease; readonly options: ProjectionOptions },
): Promise<void> {
  const { database, log } = options;
  const generation = await findGeneration(database, id);
  if (generation?.version !== definition.version) {
    const versions = { there: generation?.version, here: definition.version };
    log.debug({ ...id, ...versions }, 'a read model is left to a process with its version');
    await sleep(holdForOthers, undefined, { signal: lease.signal }).catch(() => undefined);
    return;
  }
  const { current } = await findReadModel(database, id.readModel);
  const isCurrent = current?.generation === id.generation;
  await projectGeneration({ definition, generation, isCurrent }, lease, options);
}
