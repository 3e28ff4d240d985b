import { readFileSync } from 'node:fs';

import { isJsonObject } from '../../src/core/json.ts';
import type { RunRecord } from '../../src/temporal/read-run.ts';

type Recorded = Pick<RunRecord, 'description' | 'history'>;

/** Members that say nothing of the run but where it was recorded. */
const local = new Set(['identity', 'lastWorkerIdentity', 'stackTrace', 'workerVersion', 'autoResetPoints']);

/** What Temporal answered, as lines of JSON: the description, then each event; payloads as text so that it can be read. */
export function formatRecording({ description, history }: Recorded): string {
  return [description, ...history].map((part) => `${JSON.stringify(toPlain(part))}\n`).join('');
}

export function readRecording(name: string): Recorded {
  const lines = readFileSync(new URL(`histories/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const [description, ...history] = lines.map((line) => JSON.parse(line, fromPlain) as unknown);
  return { description, history } as Recorded;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $utf8: new TextDecoder('utf8', { fatal: true }).decode(value) };
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isJsonObject(value)) return value;
  // A number of 64 bits, for which JSON has no type.
  if ('high' in value && 'low' in value) return Number(value);
  const members = Object.entries(value).filter(([key]) => !local.has(key));
  return Object.fromEntries(members.map(([key, member]) => [key, toPlain(member)]));
}

function fromPlain(_key: string, value: unknown): unknown {
  const text = isJsonObject(value) ? value['$utf8'] : undefined;
  return typeof text === 'string' ? new TextEncoder().encode(text) : value;
}
