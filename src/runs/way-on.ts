import type { RunView } from '../core/run-state.ts';

/**
 * What is left to a run that has ended and did not do what it should: one whose steps stand goes on by a retry, any other can
 * only be started anew.
 *
 * @returns `null` for a run that is open or completed
 */
export function wayOn({ status, error }: Pick<RunView, 'status' | 'error'>): 'retry' | 'start-anew' | null {
  switch (status) {
    case 'failed': {
      const { undone = false, leftAsTheyAre = [] } = error ?? {};
      return undone || leftAsTheyAre.length > 0 ? 'start-anew' : 'retry';
    }
    case 'cancelled':
    case 'terminated':
    case 'timed-out':
      return 'start-anew';
    default:
      return null;
  }
}
