import {
  context,
  isSpanContextValid,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Request, RequestHandler } from 'express';

import { traceAttributes } from '../core/trace-attributes.ts';
import { traceIdOf } from '../core/trace-parent.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Of its span where traces are collected, else of the caller's `traceparent`. */
    traceId?: string;
  }
}

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
    const traceId = isSpanContextValid(span.spanContext())
      ? span.spanContext().traceId
      : traceIdOf(request.headers['traceparent']);
    if (traceId !== null) request.traceId = traceId;
    response.once('close', () => {
      endSpan(span, request, response.statusCode);
    });
    context.with(trace.setSpan(caller, span), next);
  };
}

function endSpan(span: Span, { method, routePattern = '', subject }: Request, status: number): void {
  span.updateName(`${method} ${routePattern}`.trim());
  span.setAttributes({
    'http.response.status_code': status,
    ...(routePattern !== '' && { 'http.route': routePattern }),
    ...(subject?.runId !== undefined && { [traceAttributes.run]: subject.runId }),
    ...(subject?.process !== undefined && { [traceAttributes.process]: subject.process }),
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
