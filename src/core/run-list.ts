import type { RunResource } from './run-resource.ts';

/** One row of a list of runs. */
export type RunListItem = Pick<
  RunResource,
  'id' | 'process' | 'businessKey' | 'status' | 'startedAt' | 'closedAt' | 'links'
>;

/** `GET /v1/runs` */
export interface RunList {
  readonly runs: readonly RunListItem[];
  /** For `?pageToken`; `null` on the last page. */
  readonly nextPageToken: string | null;
}
