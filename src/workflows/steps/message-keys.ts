import { ApplicationFailure, currentUpdateInfo } from '@temporalio/workflow';

import type { ErrorCode } from '../../core/errors.ts';
import { messageKey } from '../messages.ts';

/** Keys of the messages that this run has taken. */
const known = new Set<string>();

/** Keeps the key of the update that is being handled. */
export function rememberKey(): void {
  const key = currentKey();
  if (key !== null) known.add(key);
}

/** In an update's validator: @throws ApplicationFailure `key-reused` when another message came with the same key */
export function refuseReusedKey(): void {
  const key = currentKey();
  if (key === null || !known.has(key)) return;
  const code: ErrorCode = 'key-reused';
  throw ApplicationFailure.nonRetryable('its idempotency key came with another message before', code);
}

function currentKey(): string | null {
  return messageKey(currentUpdateInfo()?.id ?? '');
}
