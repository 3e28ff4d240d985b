import type { ActivityInterceptorsFactory } from '@temporalio/worker';

import { stepOfKey } from '../core/idempotency-key.ts';
import { traceIdOf } from '../core/trace-parent.ts';
import type { CallInput } from '../services/call-request.ts';
import { traceparentIn } from '../workflows/trace-context.ts';

/**
 * Lets each line that is logged about a call say the name of its step, which the activity of a quick call does not know,
 * and the trace that its service sees.
 */
export const callLogFields: ActivityInterceptorsFactory = () => {
  let fields: Readonly<Record<string, unknown>> = {};
  return {
    inbound: {
      execute: (input, next) => {
        const [call] = input.args as readonly (Partial<CallInput> | undefined)[];
        fields = {
          step: stepOfKey(call?.idempotencyKey),
          traceId: traceIdOf(traceparentIn(input.headers) ?? call?.traceparent),
        };
        return next(input);
      },
    },
    outbound: { getLogAttributes: (attributes, next) => next({ ...attributes, ...fields }) },
  };
};
