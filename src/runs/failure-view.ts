import { isErrorCode } from '../core/errors.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import type { ErrorView } from '../core/run-state.ts';
import { decodeFirst } from './payload.ts';
import type { Failure } from './temporal-types.ts';

/** Temporal's numbers for what ran out (`temporal.api.enums.v1.TimeoutType`). */
const timeouts: Readonly<Record<number, string>> = {
  1: 'the attempt took longer than it may',
  2: 'no worker took the call in time',
  3: 'all attempts together took longer than they may',
  4: 'the worker that made the call gave no sign of life',
};

/**
 * What went wrong, without the wrappers that Temporal and a saga put around it: the outermost failure that has a type
 * of its own. That is the code of a step that failed, or the type of what the process threw itself.
 */
export function viewFailure(failure: Failure | null | undefined): ErrorView {
  const chain = causes(failure);
  const telling = chain.find(isTelling) ?? chain.findLast(isApplicationFailure);
  const view = telling === undefined ? viewOther(chain) : viewApplicationFailure(telling);
  return { ...view, ...sagaOutcome(chain) };
}

export function isTimeout(failure: Failure | null | undefined): boolean {
  return Boolean(failure?.timeoutFailureInfo);
}

export function isCancellation(failure: Failure | null | undefined): boolean {
  return causes(failure).some((link) => link.canceledFailureInfo);
}

function causes(failure: Failure | null | undefined): readonly Failure[] {
  const chain: Failure[] = [];
  for (let link = failure; link; link = link.cause) chain.push(link);
  return chain;
}

function isApplicationFailure(link: Failure): boolean {
  return Boolean(link.applicationFailureInfo);
}

/** Where a person had to give an undo up, what that step did may still stand: the run is not undone then. */
function sagaOutcome(chain: readonly Failure[]): Pick<ErrorView, 'undone' | 'leftAsTheyAre'> {
  const undone = chain.find((link) => link.applicationFailureInfo?.type === 'saga-undone');
  if (undone === undefined) return {};
  const details = decodeFirst(undone.applicationFailureInfo?.details);
  const left = isJsonObject(details) ? details['leftAsTheyAre'] : undefined;
  const names = Array.isArray(left) ? left.filter((name) => typeof name === 'string') : [];
  return names.length === 0 ? { undone: true } : { leftAsTheyAre: names };
}

function isTelling(link: Failure, index: number, chain: readonly Failure[]): boolean {
  const type = link.applicationFailureInfo?.type ?? '';
  if (type === 'saga-undone') return index === chain.length - 1;
  return type !== '' && type !== 'Error';
}

function viewApplicationFailure({ message, applicationFailureInfo }: Failure): ErrorView {
  const code = applicationFailureInfo?.type ?? 'internal';
  const added = decodeFirst(applicationFailureInfo?.details);
  const { status, details } = isErrorCode(code) ? answerOf(added) : { status: undefined, details: added };
  return {
    code: code === '' ? 'Error' : code,
    message: message ?? '',
    ...(status !== undefined && { status }),
    ...(details !== null && { details }),
  };
}

/** A failure of Baton's own says in its details what the service answered. */
function answerOf(added: Json): { status: number | undefined; details: Json } {
  if (!isJsonObject(added)) return { status: undefined, details: null };
  const { status, body } = added as { status?: Json; body?: Json };
  return { status: typeof status === 'number' ? status : undefined, details: body ?? null };
}

function viewOther(chain: readonly Failure[]): ErrorView {
  const root = chain.at(-1);
  const timeout = chain.find(isTimeout)?.timeoutFailureInfo?.timeoutType;
  if (timeout) return { code: 'call-timed-out', message: timeouts[timeout] ?? 'timed out' };
  if (chain.some(isCancellation)) return { code: 'cancelled', message: root?.message ?? 'cancelled' };
  if (root?.terminatedFailureInfo) return { code: 'terminated', message: root.message ?? '' };
  return { code: 'internal', message: root?.message ?? 'failed without saying why' };
}
