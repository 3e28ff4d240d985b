import type { Problem } from '../../core/problem.ts';

/** A problem as the page shows it: one that the API answered, or one that the page itself has. */
export interface ShownProblem extends Pick<Problem, 'title' | 'status' | 'detail' | 'errors' | 'startAnew'> {
  readonly code: Problem['code'] | 'unreachable' | 'page-fault';
}
