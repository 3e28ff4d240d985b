import { BatonError, type ErrorCode } from '../core/errors.ts';
import { adviseOn, type Asked } from './advice.ts';
import type { ApiDeps } from './deps.ts';
import { startAnew } from './start-anew.ts';

/** Refusals for the state that a run is in. */
const ofItsState: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'run-not-waiting',
  'run-closed',
  'run-undone',
]);

/**
 * Asks something of a run. Where the run refuses for the state it is in, the problem says what can be done instead:
 * `runStatus` has the state, and `startAnew` the request that starts it anew, where that is all that is left.
 *
 * @throws BatonError what `act` throws, explained
 */
export async function explained<T>(
  { loadRunView }: Pick<ApiDeps, 'loadRunView'>,
  { runId, asked }: { readonly runId: string; readonly asked: Asked },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof BatonError) || !ofItsState.has(error.code)) throw error;
    // A refusal without advice is better than none.
    const view = await loadRunView(runId).catch(() => null);
    if (view === null) throw error;
    const advice = adviseOn(asked, view);
    const message = advice.text === '' ? error.message : `${error.message}. ${advice.text}`;
    const extensions = {
      ...error.extensions,
      runStatus: view.status,
      ...(advice.startAnew && { startAnew: startAnew(view) }),
    };
    throw new BatonError(error.code, message, { cause: error, extensions });
  }
}
