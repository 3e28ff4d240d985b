import { isJsonObject } from '../core/json.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** What the request is about, as far as it is known by now. */
    subject?: RequestSubject;
  }
}

/** Which run, and which process, a request is about: for logs and traces. */
export interface RequestSubject {
  readonly runId?: string;
  readonly process?: string;
}

/**
 * Reads from its route what a request is about.
 *
 * @param path of the route, as the OpenAPI document writes it
 */
export function subjectOfRoute(path: string, params: Readonly<Record<string, unknown>>): RequestSubject {
  const { id, process } = params;
  return {
    ...(path.startsWith('/v1/runs/{id}') && typeof id === 'string' && { runId: id }),
    ...(path.startsWith('/v1/processes/{process}') && typeof process === 'string' && { process }),
  };
}

/** What an answer adds: a run tells its id and its process, what became of a message the run that it went to. */
export function subjectOfAnswer(body: unknown): RequestSubject {
  if (!isJsonObject(body)) return {};
  const { id, process, runId } = body;
  if (typeof id === 'string' && typeof process === 'string') return { runId: id, process };
  return typeof runId === 'string' ? { runId } : {};
}
