import { setTimeout as sleep } from 'node:timers/promises';

import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResourcesSync, envDetectorSync, Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry';

import { describeRunSpans } from './run-spans.ts';

/** How long a stop may take to send what is left, in milliseconds: a collector that is away must not hold it. */
const flushWithin = 3_000;

/** Traces that are being collected. */
export interface Tracing {
  /** For clients, workers and the bundle of the processes: it carries the trace through Temporal. */
  readonly plugins: OpenTelemetryPlugin[];
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Collects the spans of this process and sends them by OTLP over HTTP. Where to, the service's name, headers and so on
 * are OpenTelemetry's own variables (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). Once in a process.
 */
export function startTracing(): Tracing {
  const { attributes } = detectResourcesSync({ detectors: [envDetectorSync] });
  const resource = new Resource({ 'service.name': 'baton', ...attributes });
  const spanProcessor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new NodeTracerProvider({ resource, spanProcessors: [spanProcessor] });
  provider.register();
  return {
    plugins: [new OpenTelemetryPlugin({ resource, spanProcessor: describeRunSpans(spanProcessor) })],
    stop: async () => {
      const over = new AbortController();
      const late = sleep(flushWithin, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([provider.shutdown(), late]);
      over.abort();
    },
  };
}
