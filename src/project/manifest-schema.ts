import { z } from 'zod';

const text = z.string().min(1);
const jsonSchema = z.record(z.string(), z.unknown());

/** What a step of the graph may be. */
const graphKinds = ['call', 'emit', 'listen', 'timer', 'decision'] as const;

const decision = z.strictObject({ title: text, schema: jsonSchema });

const graphStep = z.strictObject({
  name: text,
  /** `call` where an operation is given. */
  kind: z.enum(graphKinds).exactOptional(),
  operation: text.exactOptional(),
  after: z.array(text).default([]),
  undo: text.exactOptional(),
  each: z.boolean().default(false),
});

/** The shape of `processes/{name}.manifest.yaml`. */
export const manifestSchema = z.strictObject({
  title: text,
  description: z.string().default(''),
  input: jsonSchema,
  example: z.unknown(),
  decisions: z.record(z.string(), decision).default({}),
  graph: z.array(graphStep).default([]),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestStep = Manifest['graph'][number];
