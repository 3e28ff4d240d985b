import type { Config } from '../config.ts';
import type { Tracing } from '../telemetry/tracing.ts';

/** Collects traces where a collector is named. OpenTelemetry is loaded only then: it takes a while. */
export async function openTracing({ collectorUrl }: Pick<Config, 'collectorUrl'>): Promise<Tracing> {
  if (collectorUrl === null) return { plugins: [], stop: () => Promise.resolve() };
  const { startTracing } = await import('../telemetry/tracing.ts');
  return startTracing();
}
