import type { Request, RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';

import type { ApiDocument } from './api-document.ts';
import { isSameSecret } from './same-secret.ts';

type Options = Parameters<typeof middleware>[0];

/**
 * Holds every request to the document: its path and method, the API key where the document asks for one, parameters,
 * headers, content type and body. Defaults of the document are filled in.
 *
 * @param apiKey what callers must bring as a bearer token; `undefined` = nothing
 */
export function validateRequests(document: ApiDocument, apiKey: string | undefined): RequestHandler[] {
  return middleware({
    // The validator changes what it is given, and its type of a document asks for more than OpenAPI does.
    apiSpec: structuredClone(document) as unknown as Options['apiSpec'],
    validateRequests: { allErrors: true },
    validateSecurity: apiKey !== undefined && {
      handlers: {
        apiKey: (request) => isSameSecret(request.get('Authorization') ?? '', `Bearer ${apiKey}`),
      },
    },
  }) as RequestHandler[];
}

/** Which operation of the document a valid request asks for, and the unescaped parameters of its path. */
export function operationOf(request: Request): {
  readonly operation: string;
  readonly path: Readonly<Record<string, string>>;
} {
  const { openapi } = request as Request & ValidatedRequest;
  return { operation: openapi.schema.operationId, path: openapi.pathParams };
}

/** What the validator leaves on a request. */
interface ValidatedRequest {
  readonly openapi: {
    readonly schema: { readonly operationId: string };
    readonly pathParams: Readonly<Record<string, string>>;
  };
}
