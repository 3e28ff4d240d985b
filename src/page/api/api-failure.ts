import type { ShownProblem } from './shown-problem.ts';

/** What the API refused, or that it could not be asked. */
export class ApiFailure extends Error {
  readonly problem: ShownProblem;

  constructor(problem: ShownProblem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** A problem to show of whatever was thrown. */
export function toProblem(error: unknown): ShownProblem {
  if (error instanceof ApiFailure) return error.problem;
  return {
    title: 'This page has a fault',
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    code: 'page-fault',
    errors: [],
  };
}
