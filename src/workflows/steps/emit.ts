import { workflowInfo } from '@temporalio/workflow';

import { type CloudEvent, toCloudEvent } from '../../core/cloud-event.ts';
import type { Json } from '../../core/json.ts';
import { type EmitInput, type EmitOutcome, eventActivities } from '../../core/run-events.ts';
import { eventSettings } from '../event-settings.ts';
import { assertEventSize } from '../payload-size.ts';
import { businessKey, startEvent } from '../run-origin.ts';
import { traceparent } from '../trace-context.ts';
import { type ActivityPlan, runActivity } from './activity-step.ts';
import { StepFailed } from './step-failed.ts';
import { idempotencyKey, nameCall } from './step-name.ts';

export interface EmitOptions {
  /** What the event is about. Left out: the run's business key, where it has one. */
  readonly subject?: string;
  /** Name of the step; left out, it is the event's type. The event's id is made of it. */
  readonly step?: string;
  /** Further context attributes; names have a to z and 0 to 9 only. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** What the step itself says of an event. */
const ownAttributes = ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data', 'data_base64'];

/**
 * Appends an event to the log, once, however often it is tried and whatever dies meanwhile. While the log is away the step
 * waits for it.
 *
 * The event's source is the process. It says where it comes from: `correlationid` is the run's business key, `causationid`
 * the id of the event that started the run (both from CloudEvents' extension Correlation), `runid` the run, `traceparent`
 * its trace. Attributes of the caller's go before these.
 *
 * @returns the event; whoever answers it may put its id into a `causationid`
 * @throws StepFailed `invalid-call` when it can be no CloudEvent, `invalid-event` when its data breaks the schema that
 *   `events.yaml` has for its type, `event-too-large`, `event-log-off`
 * @example await emit('order.placed', { orderId, total }, { subject: orderId })
 */
export async function emit(type: string, data?: Json, options: EmitOptions = {}): Promise<CloudEvent> {
  const plan = planEmit(type, data, options);
  await runActivity<EmitInput, EmitOutcome>(() => plan);
  return plan.input.event;
}

function planEmit(type: string, data: Json | undefined, options: EmitOptions): ActivityPlan<EmitInput> {
  const step = nameCall(type, options.step);
  const { event, faults } = toCloudEvent(toEvent(step, { type, data, options }));
  const taken = ownAttributes.filter((name) => Object.hasOwn(options.attributes ?? {}, name));
  if (event === null || taken.length > 0) {
    const given = taken.map((name) => `attributes.${name} is said by the step itself; leave it out`);
    const message = `it can be no event: ${[...given, ...faults.map((fault) => fault.message)].join('; ')}`;
    throw new StepFailed(step, { code: 'invalid-call', message });
  }
  assertEventSize(step, event);
  return { type: eventActivities.emit, step, input: { event }, settings: eventSettings };
}

function toEvent(
  step: string,
  { type, data, options }: { type: string; data: Json | undefined; options: EmitOptions },
): Partial<CloudEvent> {
  const { workflowId, workflowType } = workflowInfo();
  const key = businessKey();
  const cause = startEvent();
  const subject = options.subject ?? key;
  return {
    ...(key !== undefined && { correlationid: key }),
    ...(cause !== undefined && { causationid: cause.id }),
    runid: workflowId,
    traceparent: traceparent(),
    ...options.attributes,
    specversion: '1.0',
    id: idempotencyKey(step),
    source: `/baton/processes/${encodeURIComponent(workflowType)}`,
    type,
    ...(subject !== undefined && { subject }),
    time: new Date().toISOString(),
    ...(data !== undefined && { data }),
  };
}
