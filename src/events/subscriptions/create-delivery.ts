import type { Dispatcher } from 'undici';

import type { RecordedEvent } from '../recorded-event.ts';
import { createHttpDelivery, type HttpSink } from './deliver-http.ts';
import type { DeliveryOutcome } from './delivery-outcome.ts';
import type { Deliver } from './attempt-delivery.ts';
import type { Subscription } from './subscription.ts';

/** What is known here of a service of the catalogue. */
export interface SinkService {
  /** Without a slash at the end. */
  readonly url: string;
  /** What its requests carry, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface TargetDeps {
  /** @returns `null` for one that the catalogue does not have */
  readonly service: (name: string) => SinkService | null;
  readonly secret: (name: string) => string | undefined;
  /** Starts a run for an event, the same one however often it is asked. */
  readonly startRun: (process: string, recorded: RecordedEvent) => Promise<DeliveryOutcome>;
  readonly dispatcher: Dispatcher;
}

/** Of one attempt, in milliseconds. */
const sinkTimeout = 10_000;

/**
 * Makes the delivery to a subscription's target. What is missing here, such as a secret, is no fault of the event: it is
 * tried again, and the open deliveries say what is missing.
 */
export function createDelivery({ name, target }: Subscription, deps: TargetDeps): Deliver {
  if (target.kind === 'process') return async (recorded) => deps.startRun(target.process, recorded);
  const sink = sinkOf(target, deps);
  if ('missing' in sink) return () => Promise.resolve(notReady(sink.missing));
  const { secret: secretName } = target;
  if (secretName === null) return createHttpDelivery({ ...sink, signature: null });
  const secret = deps.secret(secretName);
  if (secret === undefined) return () => Promise.resolve(notReady(`the secret ${secretName} is not set`));
  return createHttpDelivery({ ...sink, signature: { id: name, secret } });
}

function sinkOf(
  target: Exclude<Subscription['target'], { kind: 'process' }>,
  { service, dispatcher }: TargetDeps,
): Omit<HttpSink, 'signature'> | { readonly missing: string } {
  if (target.kind === 'http') return { url: target.url, headers: {}, timeout: sinkTimeout, dispatcher };
  const found = service(target.service);
  if (found === null) return { missing: `the catalogue has no service "${target.service}"` };
  return { url: `${found.url}${target.path}`, headers: found.headers, timeout: sinkTimeout, dispatcher };
}

function notReady(message: string): DeliveryOutcome {
  return { kind: 'failed', error: { message: `this deliverer is not ready: ${message}` }, isFinal: false };
}
