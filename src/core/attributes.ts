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
} as const;

/** The memo of a run: facts fixed at its start. */
export const memoKeys = {
  /** SHA-256 over what was asked at the start; tells a repeated request from another one with the same id. */
  startHash: 'baton.startHash',
  version: 'baton.version',
  /** W3C trace context of the request that started the run. */
  traceparent: 'baton.traceparent',
} as const;
