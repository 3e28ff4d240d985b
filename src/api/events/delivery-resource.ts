import { z } from 'zod';

import type { CloudEvent } from '../../core/cloud-event.ts';
import type { DeliveryList, DeliveryResource } from '../../core/delivery-resource.ts';
import type { ShapeOf } from '../shape-of.ts';

const event = z.looseObject({}).meta({ description: 'The CloudEvent' });

// Of an optional field zod says that it may be `undefined` too, which no JSON holds.
const deliverySchema = z
  .object({
    position: z.int(),
    recordedAt: z.iso.datetime(),
    event: event as z.ZodType as z.ZodType<CloudEvent>,
    state: z.enum(['retrying', 'waiting', 'parked']),
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    error: z
      .object({ message: z.string(), status: z.int().optional(), body: z.string().optional() })
      .nullable() as z.ZodType<DeliveryResource['error']>,
  } satisfies ShapeOf<DeliveryResource>)
  .meta({ id: 'Delivery' });

/** Documents what is answered, and checks nothing. */
export const deliveryListSchema = z.object({
  deliveries: z.array(deliverySchema),
} satisfies ShapeOf<DeliveryList>);
