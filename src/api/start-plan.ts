import { randomUUID } from 'node:crypto';

import { memoKeys, type StartEvent } from '../core/attributes.ts';
import type { Json } from '../core/json.ts';
import type { Process } from '../project/project.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './sha256.ts';

/** What a client asks for when it starts a run. */
export interface StartRequest {
  readonly input: Json;
  readonly id: string | null;
  readonly businessKey: string | null;
  readonly version: string | null;
  readonly idempotencyKey: string | null;
  readonly traceparent: string | null;
  /** The event that asks for it, where one does. */
  readonly startEvent?: StartEvent;
}

/** What Temporal is asked for. */
export interface StartPlan {
  readonly workflowId: string;
  /** SHA-256, in hex, of all that makes two starts the same. */
  readonly hash: string;
  readonly memo: Readonly<Record<string, string | StartEvent>>;
  /** Told beside the run in Temporal's Web UI. */
  readonly summary: string;
}

/** Temporal refuses a longer summary (400 bytes); a character may take four. */
const maximumSummary = 100;

/**
 * Decides the id of a run and what is kept with it. The run's id is the one asked for, else it is made of the
 * idempotency key, so that the same request names the same run, else it is random.
 */
export function planStart(process: Process, request: StartRequest): StartPlan {
  const { input, businessKey, version } = request;
  const hash = sha256(canonicalJson({ process: process.name, input, businessKey, version }));
  const memo: Record<string, string | StartEvent> = { [memoKeys.startHash]: hash };
  if (version !== null) memo[memoKeys.version] = version;
  if (request.traceparent !== null) memo[memoKeys.traceparent] = request.traceparent;
  if (request.startEvent !== undefined) memo[memoKeys.startEvent] = request.startEvent;
  const summary = businessKey === null ? process.title : `${process.title} · ${businessKey}`;
  return {
    workflowId: request.id ?? `${process.name}-${idSuffix(request.idempotencyKey)}`,
    hash,
    memo,
    summary: Array.from(summary).slice(0, maximumSummary).join(''),
  };
}

function idSuffix(idempotencyKey: string | null): string {
  return idempotencyKey === null ? randomUUID() : sha256(idempotencyKey).slice(0, 32);
}
