import type { Json } from '../core/json.ts';
import type { Payload, Payloads } from './temporal-types.ts';

const decoder = new TextDecoder();

/**
 * What a payload holds, for Temporal's default converter. Other encodings, such as an encrypted one, are shown by their
 * name: a view must not fail because one value cannot be read here.
 */
export function decodePayload(payload: Payload | null | undefined): Json {
  if (payload === null || payload === undefined) return null;
  const encoding = decoder.decode(payload.metadata?.['encoding'] ?? undefined);
  if (encoding === 'binary/null') return null;
  if (encoding !== 'json/plain' && encoding !== 'json/protobuf') return { encoding };
  try {
    return JSON.parse(decoder.decode(payload.data ?? undefined)) as Json;
  } catch {
    return { encoding };
  }
}

/** The first of several values: the input of a process, the result of a step. */
export function decodeFirst(payloads: Payloads | null | undefined): Json {
  return decodePayload(payloads?.payloads?.[0]);
}

/** A text among named values: an entry of a memo, or of search attributes, where a single keyword may be in a list. */
export function decodeText(
  fields: Readonly<Record<string, Payload>> | null | undefined,
  name: string,
): string | null {
  const value = decodePayload(fields?.[name]);
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' ? text : null;
}
