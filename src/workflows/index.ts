/**
 * The durable steps, for processes written in TypeScript: `import { call, saga } from 'baton/workflows'`. Temporal's own
 * API (`@temporalio/workflow`) stays usable beside them.
 */
export { isCancellation } from '@temporalio/workflow';

export { call } from './steps/call.ts';
export { decide, type DecideOptions } from './steps/decide.ts';
export { emit, type EmitOptions } from './steps/emit.ts';
export { type ListenFilter } from './steps/listen-filter.ts';
export { listen, type FirstEvent, type ListenOptions } from './steps/listen.ts';
export { saga, type Saga, type SagaStep } from './steps/saga.ts';
export { isRefusal, StepFailed } from './steps/step-failed.ts';
export { wait } from './steps/wait.ts';
export { startEvent } from './run-origin.ts';
export { type StartEvent } from '../core/attributes.ts';
export { type CloudEvent } from '../core/cloud-event.ts';
export { type CallOptions } from '../services/call-options.ts';
export { type OperationTypes, type TypedCall } from '../services/operation-types.ts';
