import { sleep } from '@temporalio/workflow';

import { type Duration, toMilliseconds } from '../../core/duration.ts';
import { isPaused, untilResumed } from './pause.ts';
import { uniqueStepName } from './step-name.ts';

/**
 * Waits for a length of time, from milliseconds to years, whether or not any worker is up meanwhile.
 *
 * @throws CancelledFailure when the run is cancelled meanwhile
 * @example await wait('7 days', { step: 'cooling-off period' })
 */
export async function wait(duration: Duration, options: { step?: string } = {}): Promise<void> {
  const summary = uniqueStepName(options.step ?? 'wait');
  if (isPaused()) await untilResumed();
  await sleep(toMilliseconds(duration), { summary });
}
