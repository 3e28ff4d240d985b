import express, { type RequestHandler } from 'express';

import { BatonError } from '../core/errors.ts';
import { parseJsonBody } from './json-body.ts';
import { readMediaType, requireUtf8, sayMediaType } from './media-type.ts';

/**
 * Reads the JSON body of a request; without one the body is undefined.
 *
 * @param limit in bytes, after decompression
 */
export function readJson(limit: number): readonly RequestHandler[] {
  return [refuseOtherTypes, ...readBytes(limit), parseBody];
}

/**
 * Reads the body of a request as bytes, whatever its type; without one there are none.
 *
 * @param limit in bytes, after decompression
 */
export function readBytes(limit: number): readonly RequestHandler[] {
  return [express.raw({ type: () => true, limit }), takeBytes];
}

const refuseOtherTypes: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (hasBody) refuseOther(request.headers['content-type']);
  next();
};

function refuseOther(contentType: string | undefined): void {
  const type = readMediaType(contentType);
  if (!/^application\/(?:json|[a-z0-9.-]+\+json)$/.test(type.name)) {
    throw new BatonError(
      'unsupported-media-type',
      `The body must be application/json; ${sayMediaType(type)}`,
    );
  }
  requireUtf8(type);
}

/** Without a body, body-parser leaves nothing or an empty object. */
const takeBytes: RequestHandler = (request, _response, next) => {
  const body: unknown = request.body;
  request.body = body instanceof Uint8Array ? body : new Uint8Array();
  next();
};

const parseBody: RequestHandler = (request, _response, next) => {
  const bytes = request.body as Uint8Array;
  request.body = bytes.length > 0 ? parseJsonBody(bytes) : undefined;
  next();
};
