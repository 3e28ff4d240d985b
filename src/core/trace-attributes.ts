/** What the spans of a run tell of it, so that a trace can be found by what a team knows. */
export const traceAttributes = {
  run: 'baton.run',
  process: 'baton.process',
  step: 'baton.step',
  service: 'baton.service',
  operation: 'baton.operation',
  attempt: 'baton.attempt',
} as const;
