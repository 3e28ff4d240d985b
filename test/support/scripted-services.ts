import { ApplicationFailure, Context } from '@temporalio/activity';

import type { Json } from '../../src/core/json.ts';
import type { CallInput } from '../../src/services/call-request.ts';

/** How a scripted operation behaves at one attempt. */
export type Behaviour = (input: CallInput, attempt: number) => Json | Promise<Json>;

/** One attempt that reached a scripted operation. */
export interface Attempt {
  readonly operation: string;
  readonly attempt: number;
  readonly isLocal: boolean;
  readonly input: CallInput;
}

/** Services that do what a test says, and remember what was asked of them: activities without a network. */
export class ScriptedServices {
  readonly attempts: Attempt[] = [];
  readonly functions: Record<string, (input: CallInput) => Promise<Json>> = {};
  readonly #behaviours = new Map<string, Behaviour>();

  constructor(operations: readonly string[]) {
    for (const operation of operations) {
      this.functions[operation] = async (input) => {
        const { attempt, heartbeatTimeoutMs } = Context.current().info;
        this.attempts.push({ operation, attempt, isLocal: heartbeatTimeoutMs === undefined, input });
        const behave = this.#behaviours.get(operation);
        return behave === undefined ? { done: operation } : behave(input, attempt);
      };
    }
  }

  on(operation: string, behaviour: Behaviour): this {
    this.#behaviours.set(operation, behaviour);
    return this;
  }

  reset(): void {
    this.attempts.length = 0;
    this.#behaviours.clear();
  }

  /** The operations that were reached, in order, each attempt once. */
  get operations(): readonly string[] {
    return this.attempts.map(({ operation }) => operation);
  }
}

/** A service that refuses for good. */
export function refuse(status: number, body: Json = null): Behaviour {
  return () => {
    throw ApplicationFailure.nonRetryable(`${status}`, 'call-refused', { status, body });
  };
}

/**
 * A service that refuses for good, but only at its second attempt: steps beside it have ended by then. The time-skipping
 * server fails a workflow task which cancels an activity that has ended at the same moment; a real server does not.
 */
export function refuseLater(status: number, body: Json = null): Behaviour {
  return (input, attempt) => {
    if (attempt === 1) throw ApplicationFailure.retryable('503', 'call-failed', { status: 503 });
    return refuse(status, body)(input, attempt);
  };
}

/** A service that fails so many times and then succeeds. */
export function failTimes(times: number): Behaviour {
  let left = times;
  return (_, attempt) => {
    left -= 1;
    if (left >= 0)
      throw ApplicationFailure.retryable(`503 at attempt ${attempt}`, 'call-failed', { status: 503 });
    return { attempt };
  };
}

/** A service that answers nothing until it is cancelled. */
export const hang: Behaviour = async () => {
  const { cancelled, heartbeat } = Context.current();
  const timer = setInterval(() => {
    heartbeat();
  }, 50);
  try {
    return await cancelled;
  } finally {
    clearInterval(timer);
  }
};
