import type { ProcessLedger } from './process-ledger.ts';
import type { Report } from './report.ts';

/** What every embedded server is started with. */
export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly logFile: string;
  readonly report: Report;
  readonly ledger?: ProcessLedger | null;
  /** Gives the start up. */
  readonly signal?: AbortSignal | undefined;
}
