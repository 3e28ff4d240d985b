import { type CloudEvent, hasJsonData } from '../../core/cloud-event.ts';

/** An event as the headers and the body of an HTTP message. */
export interface BinaryMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** Says an event in binary content mode (CloudEvents 1.0.2, HTTP Protocol Binding, section 3.1). */
export function toBinaryMessage(event: CloudEvent): BinaryMessage {
  const { data, data_base64: binary, datacontenttype, ...attributes } = event;
  const headers = Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [`ce-${name}`, encodeHeader(String(value as string | number | boolean))]),
  );
  const hasData = data !== undefined || binary !== undefined;
  const type = datacontenttype ?? (hasData ? 'application/json' : undefined);
  return {
    headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
    body: bodyOf(event),
  };
}

function bodyOf({ data, data_base64: binary, ...attributes }: CloudEvent): BinaryMessage['body'] {
  if (binary !== undefined) return Buffer.from(binary, 'base64');
  if (data === undefined) return null;
  return typeof data === 'string' && !hasJsonData(attributes) ? data : JSON.stringify(data);
}

/** Section 3.1.3.2: whatever is no visible ASCII, the quotation mark and the percent sign are percent-encoded. */
function encodeHeader(value: string): string {
  return value.replaceAll(/[^\x21\x23\x24\x26-\x7e]+/g, (text) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
