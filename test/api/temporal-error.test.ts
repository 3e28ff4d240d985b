import { ServiceError } from '@temporalio/client';
import { NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/common';
import { describe, expect, it } from 'vitest';

import { fromTemporalError } from '../../src/api/temporal-error.ts';

/** As gRPC reports a failed request, wrapped as Temporal's client does. */
function failedWith(code: number, message: string): Error {
  const cause = Object.assign(new Error(message), { code, details: message, metadata: {} });
  return new ServiceError('Failed to start Workflow', { cause });
}

describe('fromTemporalError', () => {
  it.each([
    ['a run that is not there', new WorkflowNotFoundError('', 'p-1', undefined), 'run-not-found'],
    ['a namespace that is not there', new NamespaceNotFoundError('shop'), 'temporal-unavailable'],
    ['a server that is away', failedWith(14, 'no connection'), 'temporal-unavailable'],
    ['no answer in time', failedWith(4, 'deadline'), 'temporal-unavailable'],
    ['the native client giving up', failedWith(1, 'Timeout expired'), 'temporal-unavailable'],
    ['a server with too much to do', failedWith(8, 'rate limit'), 'temporal-unavailable'],
    ['a payload too large', failedWith(3, 'Blob data size exceeds limit.'), 'body-too-large'],
  ])('knows %s', (_name, error, code) => {
    expect(fromTemporalError(error)).toMatchObject({ code, cause: error });
  });

  it.each([
    ['an error of ours', new TypeError('x is not a function')],
    ['a request that Temporal finds wrong', failedWith(3, 'unknown search attribute')],
    ['no error at all', 'text'],
  ])('leaves %s alone', (_name, error) => {
    expect(fromTemporalError(error)).toBeNull();
  });
});
