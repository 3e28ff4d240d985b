import { type CloudEvent, toCloudEvent } from '../../core/cloud-event.ts';
import type { Json } from '../../core/json.ts';
import { parseJsonBody } from '../json-body.ts';
import { toFault } from '../zod-faults.ts';
import { toBinaryAttributes } from './binary-event.ts';
import { contentModeOf, contentTypeOf, type RequestHeaders } from './content-mode.ts';
import { toEventData } from './event-data.ts';
import { refusal } from './refusal.ts';

/** So many events are taken at once. */
export const maximumEvents = 1_000;

/** An event of a request. */
export interface ArrivedEvent {
  readonly event: CloudEvent;
  /** Pointer of its data in the body. */
  readonly dataAt: string;
}

interface EventRequest {
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
}

/**
 * Reads the events of a request in any of the modes of CloudEvents over HTTP.
 *
 * @throws BatonError `unsupported-media-type`, `malformed-json`; `invalid-request` with the faults of all events
 */
export function readArrivedEvents(request: EventRequest): readonly ArrivedEvent[] {
  switch (contentModeOf(request.headers)) {
    case 'binary':
      return [fromBinary(request)];
    case 'structured':
      return check([parse(request.body)], () => '');
    case 'batch':
      return check(toList(parse(request.body)), (index) => `/${index}`);
  }
}

function fromBinary({ headers, body }: EventRequest): ArrivedEvent {
  const { event, faults } = toBinaryAttributes(headers);
  if (event === null) throw refusal('invalid-request', faults);
  return { event: { ...event, ...toEventData(body, contentTypeOf(headers)) }, dataAt: '' };
}

/** @returns undefined where there is no body */
function parse(body: Uint8Array): Json | undefined {
  return body.length === 0 ? undefined : parseJsonBody(body);
}

function toList(body: Json | undefined): readonly Json[] {
  const fault = listFault(body);
  if (fault !== null) throw refusal('invalid-request', [toFault('', fault)]);
  return body as readonly Json[];
}

function listFault(body: Json | undefined): string | null {
  if (!Array.isArray(body)) return 'must be a list of events';
  if (body.length <= maximumEvents) return null;
  return `may have ${maximumEvents} events at most, and has ${body.length}; send several batches`;
}

function check(
  values: readonly (Json | undefined)[],
  placeOf: (index: number) => string,
): readonly ArrivedEvent[] {
  const checked = values.map((value, index) => toCloudEvent(value, placeOf(index)));
  const faults = checked.flatMap((one) => one.faults);
  if (faults.length > 0) throw refusal('invalid-request', faults);
  return checked.flatMap(({ event }, index) =>
    event === null ? [] : [{ event, dataAt: `${placeOf(index)}/data` }],
  );
}
