import { isJsonObject } from '../../core/json.ts';
import { ApiFailure } from './api-failure.ts';
import type { ShownProblem } from './shown-problem.ts';

/** What is sent beside the path. */
interface Request {
  /** JSON, as text: what a person typed goes out as it is. */
  readonly body?: string;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * Asks the API that this page came from.
 *
 * @throws ApiFailure with the problem that it answered, or `unreachable` when it did not
 */
export async function ask<T>(method: 'GET' | 'POST', path: string, request: Request = {}): Promise<T> {
  const { body, idempotencyKey, signal } = request;
  const response = await reach(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    },
    ...(body !== undefined && { body }),
    ...(signal !== undefined && { signal }),
  });
  const answer = await readJson(response);
  if (response.ok) return answer as T;
  throw new ApiFailure(isProblem(answer) ? answer : unreachable(`It answered ${response.status}`));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiFailure(unreachable('The API does not answer'));
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function isProblem(answer: unknown): answer is ShownProblem {
  return isJsonObject(answer) && typeof answer['detail'] === 'string' && Array.isArray(answer['errors']);
}

function unreachable(detail: string): ShownProblem {
  return { title: 'No answer', status: 0, detail, code: 'unreachable', errors: [] };
}
