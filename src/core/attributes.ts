/**
 * The search attributes of a run, as Temporal's Web UI and list filters know them. A worker that is down takes none of
 * them away, which is why a state that asks for a person is written here.
 */
export const searchAttributes = {
  /** The team's own key of the business case, e.g. an order number. */
  businessKey: 'BatonBusinessKey',
  /** `paused` or `stuck` while a run is so; absent otherwise. */
  status: 'BatonStatus',
  /** The names of the decisions or stuck steps that the run waits for a person to settle. */
  waitingFor: 'BatonWaitingFor',
  /** When a run that was reset began first; absent otherwise. What Temporal calls its start is the time of the reset. */
  startedAt: 'BatonStartedAt',
} as const;

/** Temporal's types of {@link searchAttributes}. */
export const searchAttributeTypes = {
  [searchAttributes.businessKey]: 'Keyword',
  [searchAttributes.status]: 'Keyword',
  [searchAttributes.waitingFor]: 'KeywordList',
  [searchAttributes.startedAt]: 'Datetime',
} as const;

/** The memo of a run: facts fixed at its start. */
export const memoKeys = {
  /** SHA-256 over what was asked at the start; tells a repeated request from another one with the same id. */
  startHash: 'baton.startHash',
  version: 'baton.version',
  /** W3C trace context of the request that started the run. */
  traceparent: 'baton.traceparent',
  /** The last position of the event log that was known then: what is behind it is new to the run. */
  logPosition: 'baton.logPosition',
  /** The event that started the run, a {@link StartEvent}. */
  startEvent: 'baton.startEvent',
  /** What the executions before this one have taken of the event log; written where a run continues as new. */
  takenEvents: 'baton.takenEvents',
} as const;

/** An event that started a run. */
export interface StartEvent {
  readonly id: string;
  readonly source: string;
  /** In the event log. */
  readonly position: number;
}
