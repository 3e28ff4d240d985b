import { z } from 'zod';

import type { Decision } from '../../core/decision.ts';
import { BatonError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { sayFaults } from '../../core/say-faults.ts';
import { askTemporal } from '../../temporal/ask-temporal.ts';
import type { ApiDeps } from '../deps.ts';
import { explained } from '../explained.ts';
import { sayNames } from '../find-process.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { messageProblems, sendUpdate } from '../send-update.ts';
import { toFault } from '../zod-faults.ts';

const outcomeSchema = z
  .object({ runId: z.string(), signal: z.string(), outcome: z.unknown() })
  .meta({ id: 'SignalOutcome' });

/** Telling a run what it waits for. */
export function signalRoutes(deps: ApiDeps): readonly Route[] {
  const { client } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/v1/runs/{id}/signals/{signal}',
      tag: 'Runs',
      summary: 'Send a run a decision that it waits for',
      description:
        'The body must fit the schema of the decision, see GET /v1/processes/{process}. With an Idempotency-Key the ' +
        'request can be repeated: it acts once and gives the same answer again.',
      params: z.strictObject({ id: runIdSchema, signal: z.string().min(1).max(200) }),
      headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
      body: z.unknown().meta({ description: 'The decision' }),
      answers: { 200: { description: 'Taken', schema: outcomeSchema } },
      problems: ['run-not-found', 'signal-not-found', 'invalid-input', ...messageProblems],
      handle: async ({ params, headers, body }) => {
        const { type } = await askTemporal(client, () => client.workflow.getHandle(params.id).describe());
        const decision = findDecision(deps, type, params.signal);
        refuseUnfit(deps, decision, body);
        const message = {
          runId: params.id,
          update: decision.name,
          argument: body as Json,
          idempotencyKey: headers['Idempotency-Key'] ?? null,
        };
        const outcome = await explained(deps, { runId: params.id, asked: 'signal' }, () =>
          sendUpdate(client, message),
        );
        return { status: 200, body: { runId: params.id, signal: decision.name, outcome } };
      },
    }),
  ];
}

function findDecision({ project }: ApiDeps, processName: string, name: string): Decision {
  const process = Object.hasOwn(project.processes, processName) ? project.processes[processName] : undefined;
  const decisions = process?.decisions ?? {};
  const decision = Object.hasOwn(decisions, name) ? decisions[name] : undefined;
  if (decision !== undefined) return decision;
  const known = sayNames(Object.keys(decisions));
  const fault = toFault('{signal}', `"${name}" is no signal of ${processName}; there ${known}`);
  throw new BatonError('signal-not-found', fault.message, { faults: [fault] });
}

function refuseUnfit({ validate }: ApiDeps, decision: Decision, body: unknown): void {
  if (body === undefined) {
    const fault = toFault('', 'is required: send the decision as JSON');
    throw new BatonError('invalid-request', fault.message, { faults: [fault] });
  }
  const faults = validate(decision.schema, body);
  if (faults.length === 0) return;
  throw new BatonError('invalid-input', sayFaults(faults), { faults });
}
