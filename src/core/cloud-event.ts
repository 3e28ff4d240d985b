import type { Fault } from './errors.ts';
import { isJsonObject, type Json } from './json.ts';

/**
 * An event in the shape of CloudEvents' JSON format (CloudEvents 1.0.2, JSON Event Format, section 2). Other members than
 * these are extension attributes.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** With the source, the event's identity: the same pair is the same event. */
  readonly id: string;
  /** URI reference of what made the event. */
  readonly source: string;
  readonly type: string;
  /** What the event is about; events of one subject are handled in their order. */
  readonly subject?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly datacontenttype?: string;
  readonly dataschema?: string;
  readonly data?: Json;
  /** Instead of `data`, where that is no text. */
  readonly data_base64?: string;
  readonly [extension: string]: Json | undefined;
}

/** The event, or everything that is wrong with it. */
export type CheckedEvent =
  | { readonly event: CloudEvent; readonly faults: readonly [] }
  | { readonly event: null; readonly faults: readonly Fault[] };

/** An index of the log holds source and id together; PostgreSQL takes 2,704 bytes there. */
const maximumBytes = 1_024;

const uriReference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
const timestamp = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const mediaType = /^[\w.+!#$&^-]+\/[\w.+!#$&^-]+(?:\s*;\s*[\w.+!#$&^-]+=(?:[\w.+!#$&^-]+|"[^"]*"))*$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Section 3 of the specification: what no attribute may hold. */
const forbidden = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

type Check = (value: Json) => string | null;

/** What each attribute of the specification must be; messages go on after its pointer. */
const attributes: Readonly<Record<string, Check>> = {
  specversion: (value) => (value === '1.0' ? null : 'must be "1.0"'),
  id: text,
  source: (value) =>
    text(value) ?? (matches(value, uriReference) ? null : 'must be a URI reference (RFC 3986)'),
  type: text,
  subject: text,
  time: (value) =>
    matches(value, timestamp) && !Number.isNaN(Date.parse(value))
      ? null
      : 'must be a time such as 2026-01-31T12:00:00Z (RFC 3339)',
  datacontenttype: (value) =>
    matches(value, mediaType) ? null : 'must be a media type such as application/json',
  dataschema: (value) =>
    text(value) ?? (matches(value, absoluteUri) ? null : 'must be an absolute URI (RFC 3986)'),
};

const required = ['specversion', 'id', 'source', 'type'];

/**
 * Checks a value against CloudEvents 1.0.2. An attribute that is `null` counts as absent, as the JSON format says
 * (section 2.1).
 *
 * @param at pointer of the value in what the client sent
 * @returns every fault, with its JSON pointer
 */
export function toCloudEvent(value: unknown, at = ''): CheckedEvent {
  if (!isJsonObject(value)) return refused([fault(at, 'must be an event, an object')]);
  const members = Object.entries(value).filter(([name, member]) => member !== null || name === 'data');
  const event = Object.fromEntries(members) as Record<string, Json>;
  const faults = [
    ...required.filter((name) => !(name in event)).map((name) => fault(`${at}/${name}`, 'is required')),
    ...members.flatMap(([name, member]) => {
      const message = memberFault(name, member as Json);
      return message === null ? [] : [fault(`${at}/${pointerPart(name)}`, message)];
    }),
    ...dataFaults(event, at),
  ];
  return faults.length > 0 ? refused(faults) : { event: event as unknown as CloudEvent, faults: [] };
}

/** Whether the event's `data` is JSON; without a type it is (JSON Event Format, section 3.1). */
export function hasJsonData({ datacontenttype }: Pick<CloudEvent, 'datacontenttype'>): boolean {
  return datacontenttype === undefined || /^[^;]+[/+]json\s*(?:;|$)/i.test(datacontenttype);
}

function memberFault(name: string, value: Json): string | null {
  if (name === 'data' || name === 'data_base64') return null;
  const check = attributes[name];
  if (check !== undefined && Object.hasOwn(attributes, name)) return check(value);
  if (!/^[a-z0-9]+$/.test(name)) return 'is no name of an attribute: it may hold a to z and 0 to 9';
  return extensionFault(value);
}

function extensionFault(value: Json): string | null {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= 2_147_483_647
      ? null
      : 'must be a whole number of 32 bits';
  }
  if (typeof value !== 'string') return 'must be a text, a whole number, or true or false';
  return value === '' ? null : text(value);
}

function dataFaults(event: Readonly<Record<string, Json>>, at: string): Fault[] {
  const { data, data_base64: binary, datacontenttype } = event;
  if (binary !== undefined && data !== undefined) {
    return [fault(`${at}/data_base64`, 'must not come together with data')];
  }
  if (binary !== undefined && !matches(binary, base64)) {
    return [fault(`${at}/data_base64`, 'must be Base64 (RFC 4648, section 4)')];
  }
  const isText = typeof datacontenttype === 'string' && !hasJsonData({ datacontenttype });
  if (data !== undefined && isText && typeof data !== 'string') {
    return [
      fault(
        `${at}/data`,
        `must be a text, for its type is ${datacontenttype}; other data goes into data_base64`,
      ),
    ];
  }
  return [];
}

function text(value: Json): string | null {
  if (typeof value !== 'string') return 'must be a text';
  if (value === '') return 'must not be empty';
  if (forbidden.test(value)) return 'must not hold control characters';
  if (new TextEncoder().encode(value).length > maximumBytes) return `may have ${maximumBytes} bytes at most`;
  return null;
}

function matches(value: Json | undefined, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function fault(pointer: string, message: string): Fault {
  return { pointer, message: `${pointer === '' ? 'the body' : pointer} ${message}` };
}

function refused(faults: readonly Fault[]): CheckedEvent {
  return { event: null, faults };
}
