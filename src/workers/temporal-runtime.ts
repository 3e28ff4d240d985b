import { ApplicationFailure } from '@temporalio/common';
import {
  type Logger,
  type LogLevel,
  type LogMetadata,
  makeTelemetryFilterString,
  Runtime,
} from '@temporalio/worker';
import type { Logger as Pino } from 'pino';

import { isErrorCode } from '../core/errors.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Puts Temporal's logs, those of its native core included, into ours, and leaves the process's signals to us: whoever
 * starts a worker decides when it stops. Once in a process, before the first connection.
 */
export function installRuntime(log: Pino): void {
  Runtime.install({
    logger: toTemporalLogger(log),
    shutdownSignals: [],
    // A view says that no worker is there once three heart-beats are missing.
    workerHeartbeatInterval: '3 s',
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  });
}

/**
 * Temporal's logger interface on top of pino; an error's stack is kept, but for the failures that are part of the
 * business: a service that refuses, or is tried again, is a line of information.
 */
function toTemporalLogger(log: Pino): Logger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { error, ...fields } = meta as Record<string, unknown>;
    if (error instanceof ApplicationFailure && isErrorCode(error.type ?? '')) {
      log.info({ ...stepFields(fields), code: error.type, failure: error.message }, message);
    } else {
      log[levels[level]]({ ...fields, ...(error !== undefined && { err: error }) }, message);
    }
  };
  const at = (level: LogLevel) => (message: string, meta?: LogMetadata) => {
    write(level, message, meta);
  };
  return {
    log: write,
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
