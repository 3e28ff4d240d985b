import express, { type RequestHandler } from 'express';

import { BatonError } from '../core/errors.ts';
import { parseJsonBody } from './json-body.ts';

/**
 * Reads the JSON body of a request; without one the body is undefined.
 *
 * @param limit in bytes, after decompression
 */
export function readBody(limit: number): readonly RequestHandler[] {
  return [refuseOtherTypes, express.raw({ type: () => true, limit }), parseBody];
}

const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody) refuseOther(request.headers['content-type'] ?? '');
  next();
};

function refuseOther(contentType: string): void {
  const [mediaType = '', ...parameters] = contentType.toLowerCase().split(';');
  if (!/^application\/(?:json|[a-z0-9.-]+\+json)$/.test(mediaType.trim())) {
    const found = mediaType.trim() === '' ? 'there is no Content-Type' : `this is ${mediaType.trim()}`;
    throw new BatonError('unsupported-media-type', `The body must be application/json; ${found}`);
  }
  const charset = parameters.map((parameter) => parameter.trim()).find((one) => one.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new BatonError(
      'unsupported-media-type',
      `JSON is UTF-8 (RFC 8259, section 8.1); this is ${charset}`,
    );
  }
}

const parseBody: RequestHandler = (request, _response, next) => {
  const bytes: unknown = request.body;
  request.body = bytes instanceof Uint8Array && bytes.length > 0 ? parseJsonBody(bytes) : undefined;
  next();
};
