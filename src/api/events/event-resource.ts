import { z } from 'zod';

const text = z.string().min(1).max(1_024);

/** An event in CloudEvents' JSON format; for the OpenAPI document, `toCloudEvent` checks. */
export const cloudEventSchema = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: text.meta({ example: '8e03978e-40d5-43dd-bc93-6894a57f9324' }),
    source: text.meta({ format: 'uri-reference', example: '/shop/orders' }),
    type: text.meta({ example: 'order.placed' }),
    subject: text.optional().meta({ example: '4711' }),
    time: z.string().optional().meta({ format: 'date-time' }),
    datacontenttype: z.string().optional().meta({ example: 'application/json' }),
    dataschema: z.string().optional().meta({ format: 'uri' }),
    data: z.unknown().optional(),
    data_base64: z.string().optional(),
  })
  .meta({ id: 'CloudEvent', description: 'Other members are extension attributes, such as correlationid' });

const recordedEventSchema = z
  .object({ position: z.int(), recordedAt: z.string(), event: cloudEventSchema })
  .meta({ id: 'RecordedEvent' });

export const eventPageSchema = z
  .object({
    events: z.array(recordedEventSchema),
    next: z.int().meta({ description: 'The position to read on from: the next `after`' }),
    head: z.int().meta({ description: 'The last position of the log' }),
  })
  .meta({ id: 'EventPage' });

export const appendedEventsSchema = z
  .object({
    events: z.array(
      z.object({
        source: z.string(),
        id: z.string(),
        position: z.int(),
        known: z.boolean().meta({ description: 'The log had it before; nothing was written' }),
      }),
    ),
  })
  .meta({ id: 'AppendedEvents' });

export const eventTypesSchema = z
  .object({
    types: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        schema: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  })
  .meta({ id: 'EventTypes' });
