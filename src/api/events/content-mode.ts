import { BatonError } from '../../core/errors.ts';
import { type MediaType, readMediaType, requireUtf8, sayMediaType } from '../media-type.ts';

/** How a request carries events (CloudEvents 1.0.2, HTTP binding, section 1.3). */
export type ContentMode = 'binary' | 'structured' | 'batch';

export const structuredType = 'application/cloudevents+json';
export const batchType = 'application/cloudevents-batch+json';

export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Tells the mode from the Content-Type and from whether there are `ce-` headers.
 *
 * @throws BatonError `unsupported-media-type` where it is none
 */
export function contentModeOf(headers: RequestHeaders): ContentMode {
  const type = readMediaType(contentTypeOf(headers));
  if (type.name === structuredType || type.name === batchType) {
    requireUtf8(type);
    return type.name === structuredType ? 'structured' : 'batch';
  }
  const hasAttributes = Object.keys(headers).some((name) => name.startsWith('ce-'));
  if (hasAttributes && !type.name.startsWith('application/cloudevents')) return 'binary';
  throw refused(type);
}

export function contentTypeOf(headers: RequestHeaders): string | undefined {
  const value = headers['content-type'];
  return typeof value === 'string' ? value : undefined;
}

function refused(type: MediaType): BatonError {
  const detail =
    `An event comes as ${structuredType}, several as ${batchType}, or one as data of any type with its attributes in ` +
    `ce- headers (ce-specversion, ce-id, ce-source, ce-type); ${sayMediaType(type)}`;
  return new BatonError('unsupported-media-type', detail);
}
