import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { createVerifier, httpbis } from 'http-message-signatures';

import { Problem } from '../problem.ts';

/** A request as it came. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A signature that is older is refused, whoever sends it again; in seconds. */
const maximumAge = 300;
/** So far the sender's clock may be from ours, in seconds. */
const tolerance = 60;

/**
 * Checks an HTTP Message Signature (RFC 9421, `hmac-sha256`) and the digest of the body (RFC 9530). Method, path, digest and
 * every header that says something of the event must be signed: one that is not could be anyone's.
 *
 * @throws Problem `invalid-signature`
 */
export async function verifyRequest(
  { method, path, headers, body }: SignedRequest,
  secret: string,
): Promise<void> {
  const told = Object.keys(headers).filter((name) => name.startsWith('ce-') || name === 'content-type');
  const verifier = createVerifier(secret, 'hmac-sha256');
  try {
    const isValid = await httpbis.verifyMessage(
      {
        keyLookup: () => Promise.resolve({ algs: ['hmac-sha256'], verify: verifier }),
        requiredParams: ['created'],
        requiredFields: ['@method', '@path', 'content-digest', ...told],
        maxAge: maximumAge,
        tolerance,
      },
      { method, url: new URL(path, 'http://service'), headers: definedOf(headers) },
    );
    if (isValid !== true) throw new Error('there is none, or it was made with another key');
  } catch (cause) {
    throw refused(cause instanceof Error ? cause.message : String(cause));
  }
  if (headers['content-digest'] !== digestOf(body)) throw refused('the body is not the one that was signed');
}

function digestOf(body: Buffer): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

function definedOf(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function refused(reason: string): Problem {
  return new Problem(401, 'invalid-signature', {
    detail: `The signature of the request is refused: ${reason}`,
  });
}
