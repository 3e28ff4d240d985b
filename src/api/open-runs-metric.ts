import { Gauge } from 'prom-client';

import { countOpenRuns } from './count-runs.ts';
import type { ApiDeps } from './deps.ts';

/**
 * Offers how many runs of each process are open, by state: those that are stuck wait for a person. Temporal is asked at
 * each scrape; while it does not answer, the metric is left out and the others are told.
 */
export function measureOpenRuns({ client, project, taskQueue, registry, log }: ApiDeps): void {
  const processes = Object.keys(project.processes);
  new Gauge({
    name: 'baton_open_runs',
    help: 'Runs that have not ended, by process and state: running, paused, stuck',
    labelNames: ['process', 'status'],
    registers: [registry],
    async collect(): Promise<void> {
      this.reset();
      try {
        const counts = await Promise.all(
          processes.map((process) => countOpenRuns(client, { taskQueue, process })),
        );
        for (const [index, process] of processes.entries()) {
          for (const [status, count] of counts[index] ?? []) this.set({ process, status }, count);
        }
      } catch (error) {
        log.warn({ err: error }, 'the open runs cannot be counted');
      }
    },
  });
}
