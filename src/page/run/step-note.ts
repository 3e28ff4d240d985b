import { awaitedText } from '../../core/awaited-text.ts';
import { waitsForAttempt } from '../../core/next-attempt.ts';
import type { StepView } from '../../core/run-state.ts';
import { countdownText, durationText } from '../../core/duration-text.ts';
import { formatOrdinal, formatTime } from '../time/format-time.ts';

/**
 * What a step does now, in a few words.
 *
 * @param now milliseconds since 1970
 */
export function stepNote(step: StepView, now: number): string {
  const { status, attempt } = step;
  switch (status) {
    case 'scheduled':
      return 'waits for a worker';
    case 'running':
      return attempt > 1 ? `${formatOrdinal(attempt)} attempt runs` : 'runs';
    case 'waiting':
      return waitingNote(step, now);
    case 'paused':
      return `paused${tries(attempt)}`;
    case 'stuck':
      return `stuck${tries(attempt)}: waits for a person`;
    case 'completed':
      return `done in ${lengthOf(step)}${tries(attempt)}`;
    case 'failed':
      return `failed${tries(attempt)}`;
    case 'cancelled':
      return 'cancelled';
    case 'timed-out':
      return timedOutNote(step);
  }
}

function timedOutNote({ kind, attempt }: StepView): string {
  if (kind === 'decision') return 'no one decided in time';
  return kind === 'listen' ? 'the event did not come in time' : `timed out${tries(attempt)}`;
}

function waitingNote(step: StepView, now: number): string {
  const { kind, attempt, nextAttemptAt, awaits } = step;
  const until =
    nextAttemptAt === null ? '' : `${formatTime(nextAttemptAt, now)} (${countdownText(nextAttemptAt, now)})`;
  if (kind === 'decision') return until === '' ? 'waits for a person' : `waits for a person until ${until}`;
  if (!waitsForAttempt(step)) {
    const waits = awaits === undefined ? 'waits' : `waits for ${awaitedText(awaits)}`;
    return until === '' ? waits : `${waits} until ${until}`;
  }
  const next = `${formatOrdinal(attempt + 1)} attempt`;
  return nextAttemptAt === null ? `waits for its ${next}` : `${next} ${countdownText(nextAttemptAt, now)}`;
}

function tries(attempt: number): string {
  return attempt > 1 ? ` after ${attempt} attempts` : '';
}

function lengthOf({ startedAt, closedAt }: StepView): string {
  return durationText(Date.parse(closedAt ?? startedAt) - Date.parse(startedAt));
}
