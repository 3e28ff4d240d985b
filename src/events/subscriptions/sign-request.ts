import { createHash } from 'node:crypto';

import { createSigner, httpbis } from 'http-message-signatures';

import type { WireRequest } from '../../http/exchange.ts';

/**
 * Signs a request by HTTP Message Signatures (RFC 9421, `hmac-sha256`): its method and path, the digest of its body
 * (RFC 9530), and every header that says something of the event, for in binary mode most of the event is there.
 *
 * @param key id: told to the receiver as `keyid`; secret: shared with the receiver
 */
export async function signRequest(
  request: WireRequest,
  key: { readonly id: string; readonly secret: string },
): Promise<WireRequest> {
  const headers = { ...request.headers, 'content-digest': digestOf(request.body) };
  const told = Object.keys(headers).filter((name) => name.startsWith('ce-') || name.startsWith('content-'));
  const { headers: signed } = await httpbis.signMessage(
    {
      key: createSigner(key.secret, 'hmac-sha256', key.id),
      fields: ['@method', '@path', ...told.sort()],
    },
    { method: request.method, url: request.url, headers },
  );
  return { ...request, headers: lowerCased(signed) };
}

function digestOf(body: WireRequest['body']): string {
  return `sha-256=:${createHash('sha256')
    .update(body ?? '')
    .digest('base64')}:`;
}

function lowerCased(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
