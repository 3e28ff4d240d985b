import { hasJsonData } from '../../core/cloud-event.ts';
import type { Json } from '../../core/json.ts';
import { parseJsonBody } from '../json-body.ts';
import { isUtf8, readMediaType, requireUtf8 } from '../media-type.ts';

/** The members of an event that hold its data; none where it has no data. */
export type EventData = { readonly data?: Json } | { readonly data_base64: string };

/**
 * Reads the data of an event in binary mode from the body: JSON as a value, text as a text, anything else as Base64. Text in
 * another character set than UTF-8 stays bytes, so that nothing is lost.
 *
 * @throws BatonError `malformed-json`, `invalid-request`, `unsupported-media-type` for JSON that is not UTF-8
 */
export function toEventData(bytes: Uint8Array, contentType: string | undefined): EventData {
  if (bytes.length === 0) return {};
  const type = readMediaType(contentType);
  if (contentType !== undefined && hasJsonData({ datacontenttype: contentType })) {
    requireUtf8(type);
    return { data: parseJsonBody(bytes) };
  }
  const text = isText(type.name) && isUtf8(type) ? decode(bytes) : null;
  return text === null ? { data_base64: Buffer.from(bytes).toString('base64') } : { data: text };
}

function isText(name: string): boolean {
  return name.startsWith('text/') || name === 'application/xml' || name.endsWith('+xml');
}

/** @returns `null` for what is no UTF-8 */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
