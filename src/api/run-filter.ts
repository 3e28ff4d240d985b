import { z } from 'zod';

import { runStatuses } from '../core/run-state.ts';
import { businessKeySchema, processNameSchema } from './identifiers.ts';

/** Which runs a client means; a field left out leaves nothing out. */
export const runFilterSchema = z.strictObject({
  process: processNameSchema.optional(),
  status: z.enum(runStatuses).optional(),
  businessKey: businessKeySchema.optional(),
  startedAfter: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-01-31T12:00:00Z' })
    .optional(),
});
