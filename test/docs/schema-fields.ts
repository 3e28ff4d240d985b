import { z } from 'zod';

/** A field of a file, as the reference writes it: `services.*.dev.command`, `graph[].name`. */
export interface SchemaField {
  readonly path: string;
  /** A file without it is refused, where what it belongs to is there. */
  readonly isNeeded: boolean;
}

/** Every field that a zod schema knows, those of its inner objects included. */
export function schemaFields(schema: z.ZodType, at = ''): readonly SchemaField[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord) return schemaFields(inner.valueType as z.ZodType, `${at}.*`);
  if (inner instanceof z.ZodArray) return schemaFields(inner.element as z.ZodType, `${at}[]`);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [{ path, isNeeded: !mayBeLeftOut(member) }, ...schemaFields(member, path)];
  });
}

function mayBeLeftOut(schema: z.ZodType): boolean {
  return (
    schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault
  );
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}
