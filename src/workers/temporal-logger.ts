import { ApplicationFailure } from '@temporalio/common';
import type { Logger, LogLevel, LogMetadata } from '@temporalio/worker';
import type { Logger as Pino } from 'pino';

import { isErrorCode } from '../core/errors.ts';
import { toRunFields } from './run-fields.ts';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * What the SDK says when a process throws: on purpose, which fails the run, or by a bug, which fails its workflow task
 * only, again and again. The error itself has lost its type on the way out of the sandbox.
 */
const processThrew = 'Workflow failed';

/** Who logs for a process itself: its workflow function. */
const ofProcess = 'workflow';

/**
 * Temporal's logger interface on top of pino; an error's stack is kept, but for the failures that are part of the
 * business: a service that refuses, or is tried again, is a line of information. Lines about a run say which.
 */
export function toTemporalLogger(log: Pino): Logger {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { error, isBug = false, ...rest } = meta as Record<string, unknown>;
    const fields = toRunFields(rest);
    if (message === processThrew && isBug === true) {
      log.error({ ...fields, err: error }, 'a bug in the process holds its run');
    } else if (message === processThrew) {
      log.info({ ...fields, failure: textOf(error) }, message);
    } else if (error instanceof ApplicationFailure && isErrorCode(error.type ?? '')) {
      log.info({ ...fields, code: error.type, failure: error.message }, message);
    } else {
      log[levels[quiet(level, rest)]]({ ...fields, ...(error !== undefined && { err: error }) }, message);
    }
  };
  const at = (level: LogLevel) => (message: string, meta?: LogMetadata) => {
    write(level, message, meta);
  };
  return {
    log: write,
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
  };
}

/** The SDK tells of itself as information what we say once, ourselves, such as that a worker has started. */
function quiet(level: LogLevel, { sdkComponent }: Readonly<Record<string, unknown>>): LogLevel {
  return level === 'INFO' && sdkComponent !== ofProcess ? 'DEBUG' : level;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
