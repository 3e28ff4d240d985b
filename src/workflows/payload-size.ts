import { ApplicationFailure } from '@temporalio/workflow';

import type { CloudEvent } from '../core/cloud-event.ts';
import type { ErrorCode } from '../core/errors.ts';
import { maximumEventBytes } from '../core/run-events.ts';
import { StepFailed } from './steps/step-failed.ts';

/** Temporal refuses payloads over 2 MiB, and then ends the whole run without a chance to undo anything. */
const maximumBytes = 1_000_000;

/** @throws StepFailed `request-too-large` */
export function assertRequestSize(step: string, request: unknown): void {
  const bytes = oversize(request);
  if (bytes === undefined) return;
  const message = `the request has ${bytes} bytes of JSON; ${maximumBytes} are allowed. Send a reference instead`;
  throw new StepFailed(step, { code: 'request-too-large', message });
}

/** @throws StepFailed `event-too-large` */
export function assertEventSize(step: string, event: CloudEvent): void {
  const bytes = oversize(event, maximumEventBytes);
  if (bytes !== undefined) throw eventTooLarge(step, bytes);
}

/** @param bytes of the event as JSON */
export function eventTooLarge(step: string, bytes: number): StepFailed {
  const message = `the event has ${bytes} bytes of JSON; a run takes ${maximumEventBytes}. Send a reference instead`;
  return new StepFailed(step, { code: 'event-too-large', message });
}

/** @throws ApplicationFailure `output-too-large` */
export function assertOutputSize(output: unknown): void {
  const bytes = oversize(output);
  if (bytes === undefined) return;
  const code: ErrorCode = 'output-too-large';
  const message = `The result has ${bytes} bytes of JSON; ${maximumBytes} are allowed. Return a reference instead`;
  throw ApplicationFailure.nonRetryable(message, code);
}

/** @returns the size of a value as JSON where it is over the limit, else `undefined` */
function oversize(value: unknown, limit = maximumBytes): number | undefined {
  // Of a value that is `undefined` there is no text, whatever the type of `stringify` says.
  const text = (JSON.stringify(value) as string | undefined) ?? '';
  // A character is three bytes of UTF-8 at most, so most values need no exact count.
  if (text.length * 3 <= limit) return undefined;
  const bytes = new TextEncoder().encode(text).byteLength;
  return bytes > limit ? bytes : undefined;
}
