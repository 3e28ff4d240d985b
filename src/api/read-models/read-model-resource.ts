import { z } from 'zod';

import type { GenerationState, ReadModelState } from '../../events/read-models/find-read-model.ts';

const position = z.int().min(0).meta({ description: 'Every event up to this position of the log is in it' });
const lag = z
  .int()
  .min(0)
  .meta({ description: 'Positions from there to the end of the log; not all of them concern the model' });
const failure = z
  .object({
    position: z.int(),
    type: z.string(),
    source: z.string(),
    id: z.string(),
    message: z.string(),
  })
  .nullable()
  .meta({ description: 'The event at which its code failed, and how; it stands still in front of it' });

const buildSchema = z
  .object({
    version: z.int(),
    status: z.enum(['running', 'failed']),
    position,
    lag,
    failure,
    startedAt: z.iso.datetime(),
  })
  .meta({ id: 'ReadModelBuild' });

/** A read model as the API shows it. */
export const readModelSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    version: z.int().meta({ description: 'Of what can be read; before that, of what is being built' }),
    status: z.enum(['building', 'live', 'failed']).meta({
      description:
        'building = not read yet; live = it follows the log; failed = it stands still until its code is mended',
    }),
    position,
    lag,
    failure,
    indexes: z.array(z.string()).meta({ description: 'Members of a row that rows may be listed by' }),
    next: buildSchema
      .nullable()
      .meta({ description: 'What is being built to take the place of what can be read' }),
    links: z.object({ self: z.string(), rows: z.string() }),
  })
  .meta({ id: 'ReadModel' });

type ReadModelResource = z.infer<typeof readModelSchema>;

export const rowSchema = z
  .object({
    key: z.string(),
    row: z.record(z.string(), z.unknown()),
    lastChange: z.int().meta({ description: 'Position of the last event that changed the row' }),
    position,
  })
  .meta({ id: 'ReadModelRow' });

export const rowPageSchema = z
  .object({
    rows: z.array(rowSchema.omit({ position: true })),
    position,
    next: z.string().nullable().meta({ description: 'Send it as `after` to go on; null at the end' }),
  })
  .meta({ id: 'ReadModelRowPage' });

/** Where no generation can be read yet, that which is being built stands for the model. */
export function toReadModelResource({
  name,
  title,
  version,
  current,
  next,
}: ReadModelState): ReadModelResource {
  const shown = current ?? next;
  const self = `/v1/read-models/${encodeURIComponent(name)}`;
  return {
    name,
    title,
    version: shown?.version ?? version,
    status: shown?.failure ? 'failed' : current === null ? 'building' : 'live',
    position: shown?.position ?? 0,
    lag: shown?.lag ?? 0,
    failure: shown?.failure ?? null,
    indexes: [...(shown?.indexes ?? [])],
    next: current === null || next === null ? null : toBuild(next),
    links: { self, rows: `${self}/rows` },
  };
}

function toBuild({
  version,
  position,
  lag,
  failure,
  startedAt,
}: GenerationState): z.infer<typeof buildSchema> {
  const status = failure === null ? 'running' : 'failed';
  return { version, status, position, lag, failure, startedAt };
}
