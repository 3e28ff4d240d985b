import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

/** Asked for all the time, and of no interest. */
const untraced = ['/health/', '/metrics', '/docs', '/page/'];

/**
 * Makes a span of each request, below the caller's where it sent a `traceparent`, so that the run that it starts becomes
 * part of the same trace. Costs next to nothing where no traces are collected. Names and attributes are those of
 * OpenTelemetry's semantic conventions for HTTP.
 */
export function traceRequests(): RequestHandler {
  const tracer = trace.getTracer('baton/api');
  return (request, response, next) => {
    if (untraced.some((path) => request.path.startsWith(path))) {
      next();
      return;
    }
    const { method } = request;
    const caller = propagation.extract(context.active(), request.headers);
    const attributes = { 'http.request.method': method, 'url.path': request.path };
    const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, caller);
    response.once('close', () => {
      endSpan(span, { name: `${method} ${request.routePattern ?? ''}`.trim(), status: response.statusCode });
    });
    context.with(trace.setSpan(caller, span), next);
  };
}

function endSpan(span: Span, { name, status }: { readonly name: string; readonly status: number }): void {
  span.updateName(name);
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
