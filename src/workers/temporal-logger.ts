import { ApplicationFailure } from '@temporalio/common';
import type { Logger, LogLevel, LogMetadata } from '@temporalio/worker';
import type { Logger as Pino } from 'pino';

import { isErrorCode } from '../core/errors.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * What the SDK says when a run ends with a failure. A process fails its run on purpose only; its bugs fail a workflow
 * task, which is another message. The error itself has lost its type on the way out of the sandbox.
 */
const runFailed = 'Workflow failed';

/**
 * Temporal's logger interface on top of pino; an error's stack is kept, but for the failures that are part of the
 * business: a service that refuses, or is tried again, is a line of information.
 */
export function toTemporalLogger(log: Pino): Logger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { error, ...fields } = meta as Record<string, unknown>;
    if (message === runFailed) {
      log.info(
        { run: fields['workflowId'], process: fields['workflowType'], failure: textOf(error) },
        message,
      );
    } else if (error instanceof ApplicationFailure && isErrorCode(error.type ?? '')) {
      log.info({ ...stepFields(fields), code: error.type, failure: error.message }, message);
    } else {
      log[levels[level]]({ ...fields, ...(error !== undefined && { err: error }) }, message);
    }
  };
  const at = (level: LogLevel) => (message: string, meta?: LogMetadata) => {
    write(level, message, meta);
  };
  return {
    log: (level, message, meta) => {
      write(level === 'INFO' ? 'DEBUG' : level, message, meta);
    },
    trace: at('TRACE'),
    debug: at('DEBUG'),
    // The SDK says at this level each time a worker changes its state; we say it once, ourselves.
    info: at('DEBUG'),
    warn: at('WARN'),
    error: at('ERROR'),
  };
}

/** Which step of which run, of all that the SDK tells. */
function stepFields({ workflowId, activityId, activityType, attempt }: Record<string, unknown>): object {
  return { run: workflowId, step: activityId, operation: activityType, attempt };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
