import type { Correlation } from './correlation.ts';

/** What could be looked at. `cut`: the latest events only, or not all runs; `off`: there is no event log. */
export interface Seen {
  readonly events: 'all' | 'cut' | 'away' | 'off';
  readonly runs: 'all' | 'cut' | 'away';
}

/** `GET /v1/correlations/{businessKey}` */
export type CorrelationResource = Correlation & { readonly seen: Seen };
