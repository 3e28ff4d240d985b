import type { IncomingHttpHeaders } from 'node:http';

import { Problem, type ProblemFault } from '../problem.ts';

/** An event as a service gets it: a CloudEvent of which it wants no more than this. */
export interface ShopEvent {
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly style: string | undefined;
  readonly traceparent: string | undefined;
  readonly data: unknown;
}

const prefix = 'ce-';

/**
 * Reads an event in binary mode (CloudEvents 1.0.2, HTTP binding, section 3.1): attributes in `ce-` headers, percent-encoded,
 * and data in the body.
 *
 * @throws Problem `invalid-event` with every fault
 */
export function readEvent(headers: IncomingHttpHeaders, body: Buffer): ShopEvent {
  const faults: ProblemFault[] = [];
  const optional = (name: string): string | undefined => {
    const value = headers[prefix + name];
    if (typeof value !== 'string' || value === '') return undefined;
    try {
      return decodeURIComponent(value);
    } catch {
      faults.push({ pointer: prefix + name, message: 'has escapes that are no UTF-8' });
      return undefined;
    }
  };
  const required = (name: string): string => {
    const value = optional(name);
    const isKnown = faults.some(({ pointer }) => pointer === prefix + name);
    if (value === undefined && !isKnown)
      faults.push({ pointer: prefix + name, message: 'is required, in binary mode' });
    return value ?? '';
  };
  const event = {
    source: required('source'),
    id: required('id'),
    type: required('type'),
    style: optional('style'),
    traceparent: optional('traceparent'),
    data: readData(headers['content-type'], body, faults),
  };
  const version = required('specversion');
  if (version !== '' && version !== '1.0') {
    faults.push({ pointer: `${prefix}specversion`, message: 'must be 1.0' });
  }
  if (faults.length > 0) throw invalidEvent(faults);
  return event;
}

export function invalidEvent(errors: readonly ProblemFault[]): Problem {
  return new Problem(400, 'invalid-event', { detail: 'This is no event that the service can read', errors });
}

function readData(contentType: string | undefined, body: Buffer, faults: ProblemFault[]): unknown {
  if (body.length === 0) return undefined;
  if (!/^[^;]+[/+]json\s*(?:;|$)/i.test(contentType ?? '')) {
    faults.push({ pointer: 'content-type', message: 'must be JSON' });
    return undefined;
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    faults.push({ pointer: '', message: 'is no JSON' });
    return undefined;
  }
}
