import { describe, expect, it } from 'vitest';

import { subjectOfAnswer, subjectOfRoute } from '../../src/api/request-subject.ts';

describe('what a request is about', () => {
  it.each([
    ['/v1/runs/{id}', { id: 'r-1' }, { runId: 'r-1' }],
    ['/v1/runs/{id}/signals/{signal}', { id: 'r-1', signal: 'approval' }, { runId: 'r-1' }],
    ['/v1/processes/{process}/runs', { process: 'order' }, { process: 'order' }],
    ['/v1/subscriptions/{id}', { id: 's-1' }, {}],
    ['/v1/runs', {}, {}],
  ])('is read from the parameters of %s', (path, params, subject) => {
    expect(subjectOfRoute(path, params)).toEqual(subject);
  });

  it.each([
    ['a run', { id: 'r-1', process: 'order', steps: [] }, { runId: 'r-1', process: 'order' }],
    ['what became of a message', { runId: 'r-1', outcome: ['pay'] }, { runId: 'r-1' }],
    ['a process', { name: 'order', title: 'Order' }, {}],
    ['text', 'id', {}],
  ])('is read from an answer that is %s', (_, body, subject) => {
    expect(subjectOfAnswer(body)).toEqual(subject);
  });
});
