/**
 * The durable steps, for processes written in TypeScript: `import { call, saga } from 'baton/workflows'`. Temporal's own
 * API (`@temporalio/workflow`) stays usable beside them.
 */
export { isCancellation } from '@temporalio/workflow';

export { call } from './steps/call.ts';
export { decide, type DecideOptions } from './steps/decide.ts';
export { saga, type Saga, type SagaStep } from './steps/saga.ts';
export { isRefusal, StepFailed } from './steps/step-failed.ts';
export { wait } from './steps/wait.ts';
export { type CallOptions } from '../services/call-options.ts';
export { type OperationTypes, type TypedCall } from '../services/operation-types.ts';
