import { parseBaggage } from './baggage.ts';
import type { ShopEvent } from './shop-event.ts';

/** Why a service does something. What comes of it says so, so that one can follow an order from event to event. */
export interface Cause {
  /** How the order is handled: by one process, by events alone, or by processes that events start. */
  readonly style: Style;
  /** Id of the event that it is done for. */
  readonly causationId: string | undefined;
  /** Id of the run that had it done. */
  readonly runId: string | undefined;
  /** W3C trace context. */
  readonly traceparent: string | undefined;
  /** What the ids of its events are made of: a cause that comes again gives them the same ids. */
  readonly seed: readonly string[];
}

const styles = ['orchestration', 'choreography', 'hybrid'] as const;

type Style = (typeof styles)[number];

/** Whoever calls an operation conducts; `baggage` (W3C) may say otherwise, which event the caller acts upon, and which run it is. */
export function causeOfRequest(headers: {
  readonly idempotencyKey: string;
  readonly baggage: string | undefined;
  readonly traceparent: string | undefined;
}): Cause {
  const { style, causationid, runid } = parseBaggage(headers.baggage ?? '');
  return {
    style: toStyle(style) ?? 'orchestration',
    causationId: toId(causationid),
    runId: toId(runid),
    traceparent: headers.traceparent,
    seed: ['request', headers.idempotencyKey],
  };
}

export function causeOfEvent({ source, id, style, traceparent }: ShopEvent): Cause {
  return {
    style: toStyle(style) ?? 'choreography',
    causationId: id,
    runId: undefined,
    traceparent,
    seed: ['event', source, id],
  };
}

/** What an attribute of an event may hold. */
function toId(text: string | undefined): string | undefined {
  return text !== undefined && /^[\x20-\x7e]{1,1000}$/.test(text) ? text : undefined;
}

function toStyle(text: string | undefined): Style | undefined {
  return styles.find((style) => style === text);
}
