import { type CheckedEvent, toCloudEvent } from '../../core/cloud-event.ts';
import type { Fault } from '../../core/errors.ts';
import { contentTypeOf, type RequestHeaders } from './content-mode.ts';
import { decodeHeaderValue } from './header-value.ts';

const prefix = 'ce-';

/** Attributes that have another place in binary mode, and where that is. */
const elsewhere: Readonly<Record<string, string>> = {
  datacontenttype: 'must not be sent; the Content-Type says it',
  data: 'must not be sent; the body is the data',
  data_base64: 'must not be sent; the body is the data',
};

/**
 * Reads the attributes of an event in binary mode from the headers (CloudEvents 1.0.2, HTTP binding, section 3.1).
 *
 * @returns the event without its data, or every fault, placed by the header's name
 */
export function toBinaryAttributes(headers: RequestHeaders): CheckedEvent {
  const attributes: Record<string, string> = {};
  const broken = new Map<string, string>();
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith(prefix)) continue;
    const name = header.slice(prefix.length);
    const read = decodeHeaderValue(String(value));
    if (Object.hasOwn(elsewhere, name)) broken.set(header, elsewhere[name] ?? '');
    else if ('fault' in read) broken.set(header, read.fault);
    else attributes[name] = read.text;
  }
  const datacontenttype = contentTypeOf(headers);
  const checked = toCloudEvent({
    ...attributes,
    ...(datacontenttype !== undefined && { datacontenttype }),
  });
  const faults = [
    ...[...broken].map(([header, message]) => ({ pointer: header, message: `${header} ${message}` })),
    // An attribute that could not be read is not missing.
    ...checked.faults.map(toHeaderFault).filter(({ pointer }) => !broken.has(pointer)),
  ];
  return checked.event !== null && faults.length === 0
    ? { event: checked.event, faults: [] }
    : { event: null, faults };
}

function toHeaderFault({ pointer, message }: Fault): Fault {
  const name = pointer.slice(1);
  const header = name === 'datacontenttype' ? 'Content-Type' : `${prefix}${name}`;
  return { pointer: header, message: header + message.slice(pointer.length) };
}
