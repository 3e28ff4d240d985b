import {
  ActivityCancellationType,
  type ActivityOptions,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
} from '@temporalio/workflow';

import type { CallSettings } from '../call-settings.ts';
import { isPaused, untilResumed } from './pause.ts';
import { callFailure, isInterruption, toStepError } from './step-failed.ts';

/** An activity whose worker died is given to another after this time. */
const heartbeatTimeout = 10_000;

/**
 * How long a call may wait for its turn at a busy service (the bulkhead is in the worker). The attempt's own timeout
 * begins only when its turn has come; a dead worker is noticed by the heart-beat long before this.
 */
const maximumQueueing = 10 * 60_000;

/** A quick activity is tried so often, and so long each time, inside the workflow task; then it goes the ordinary way. */
const quickTry = { attempts: 2, timeout: 2_000, interval: 50 };

/** What an activity of a step is to do. */
export interface ActivityPlan<Input> {
  readonly type: string;
  /** Names the activity: its id, and its summary in the Web UI. */
  readonly step: string;
  readonly input: Input;
  readonly settings: CallSettings;
  /** Called once when the quick tries were of no use: from here on it may take any time. */
  readonly onSlow?: () => void;
}

type Activity<Input, Output> = (input: Input) => Promise<Output>;

/**
 * Does what a step has to do outside of the sandbox: a quick activity inside the workflow task, if it can be had there in
 * a moment, else as an activity that can be seen while it waits for its next attempt.
 *
 * One promise a step and no more: each is tracked by the sandbox, which is felt where steps are quick. So the plan is
 * made in here.
 *
 * @throws StepFailed when it has failed for good; CancelledFailure
 */
export async function runActivity<Input extends object, Output>(
  plan: () => ActivityPlan<Input>,
): Promise<Output> {
  const { type, step, input, settings, onSlow } = plan();
  if (isPaused()) await untilResumed();
  try {
    if (settings.quick) {
      const limit = Math.min(settings.timeout, quickTry.timeout);
      try {
        return await localActivity<Input, Output>(
          type,
          localOptions(step, limit),
        )({ ...input, timeout: limit });
      } catch (error) {
        if (isCancellation(error) || !mayStillSucceed(error)) throw error;
      }
    }
    onSlow?.();
    for (;;) {
      try {
        return await activity<Input, Output>(type, ordinaryOptions(step, settings))(input);
      } catch (error) {
        // A worker that is stopped, as at every release, must not use up the attempts of the calls it had.
        if (!isInterruption(error)) throw error;
      }
    }
  } catch (error) {
    // A failure worth another attempt that comes with a cancellation is the end of a cancelled call.
    if (CancellationScope.current().consideredCancelled && mayStillSucceed(error)) {
      throw new CancelledFailure(`${step} was cancelled`);
    }
    throw toStepError(step, error);
  }
}

function mayStillSucceed(error: unknown): boolean {
  const reason = callFailure(error);
  return reason instanceof TimeoutFailure || (reason !== undefined && reason.nonRetryable !== true);
}

function activity<Input, Output>(type: string, options: ActivityOptions): Activity<Input, Output> {
  return proxyActivities<Record<string, Activity<Input, Output>>>(options)[type] as Activity<Input, Output>;
}

function localActivity<Input, Output>(type: string, options: LocalActivityOptions): Activity<Input, Output> {
  const activities = proxyLocalActivities<Record<string, Activity<Input, Output>>>(options);
  return activities[type] as Activity<Input, Output>;
}

function localOptions(step: string, limit: number): LocalActivityOptions {
  return {
    summary: step,
    startToCloseTimeout: limit + 1_000,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { maximumAttempts: quickTry.attempts, initialInterval: quickTry.interval },
  };
}

function ordinaryOptions(step: string, { timeout, retry }: CallSettings): ActivityOptions {
  return {
    activityId: step,
    summary: step,
    startToCloseTimeout: timeout + maximumQueueing,
    heartbeatTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: retry.initialInterval,
      backoffCoefficient: retry.backoff,
      // The server cuts the delay that an attempt asks for to this.
      maximumInterval: Math.max(retry.maximumInterval, retry.maximumRetryAfter),
      ...(retry.maximumAttempts !== null && { maximumAttempts: retry.maximumAttempts }),
    },
  };
}
