import { isJsonObject } from '../../core/json.ts';
import type { Problem } from '../../core/problem.ts';

/** What a command goes by of a problem document. */
export type ToldProblem = Pick<Problem, 'detail' | 'code' | 'errors' | 'startAnew'>;

/** The API refused, or could not be asked. Its message is what a person should read. */
export class ApiFailure extends Error {
  /** What the API answered; `null` = no API of Baton's answered. */
  readonly problem: ToldProblem | null;
  /** Whether the same request may succeed later without any change to it. */
  readonly mayPass: boolean;

  constructor(message: string, { problem, mayPass }: { problem: ToldProblem | null; mayPass: boolean }) {
    super(message);
    this.name = 'ApiFailure';
    this.problem = problem;
    this.mayPass = mayPass;
  }
}

/** @param status of the answer; 5xx may pass */
export function refused(problem: ToldProblem, status: number): ApiFailure {
  return new ApiFailure(problemText(problem), { problem, mayPass: status >= 500 });
}

/** Nothing answers there. */
export function apiAway(url: string, cause: unknown): ApiFailure {
  const message = [
    `No API answers at ${url} (${reasonOf(cause)}).`,
    '  Start one: baton dev (everything on this machine), baton serve or baton api.',
    '  Or say where it is: --api <url> or BATON_API.',
  ].join('\n');
  return new ApiFailure(message, { problem: null, mayPass: true });
}

/** Something answers there, but not as Baton's API does. A proxy before it says 5xx while the API is away. */
export function notTheApi(url: string, status: number): ApiFailure {
  const message = [
    `What answers at ${url} is not Baton's API (HTTP ${status}, and no JSON that it would write).`,
    '  Say where the API is: --api <url> or BATON_API.',
  ].join('\n');
  return new ApiFailure(message, { problem: null, mayPass: status >= 500 });
}

/** The detail and each fault that it does not tell already, a line each. */
export function problemText({ detail, code, errors }: ToldProblem): string {
  const untold = errors.filter(({ message }) => !detail.includes(message));
  const faults = untold.map(({ pointer, message }) =>
    message.startsWith(pointer) ? `  ${message}` : `  ${pointer} ${message}`,
  );
  return [`${detail} (${code})`, ...faults].join('\n');
}

export function isProblem(answer: unknown): answer is ToldProblem {
  return (
    isJsonObject(answer) &&
    typeof answer['detail'] === 'string' &&
    typeof answer['code'] === 'string' &&
    Array.isArray(answer['errors'])
  );
}

/** `fetch` says "fetch failed" and hides the reason in its cause; of several addresses that were tried, in theirs. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
