import { describe, expect, it } from 'vitest';

import { planStart, type StartRequest } from '../../src/api/start-plan.ts';
import { parcel } from './sample.ts';

const request: StartRequest = {
  input: { weight: 3, until: 'approval' },
  id: null,
  businessKey: null,
  version: null,
  idempotencyKey: null,
  traceparent: null,
};

describe('planStart', () => {
  it('takes the id that was asked for, also beside an idempotency key', () => {
    expect(planStart(parcel, { ...request, id: 'p-1', idempotencyKey: 'k' }).workflowId).toBe('p-1');
  });

  it('makes the same id of the same idempotency key, and another of another process', () => {
    const keyed = { ...request, idempotencyKey: 'k' };
    const { workflowId } = planStart(parcel, keyed);
    expect(workflowId).toMatch(/^parcel-[0-9a-f]{32}$/);
    expect(planStart(parcel, keyed).workflowId).toBe(workflowId);
    expect(planStart({ ...parcel, name: 'letter' }, keyed).workflowId).toMatch(/^letter-/);
  });

  it('makes a new id where nothing names the run', () => {
    expect(planStart(parcel, request).workflowId).not.toBe(planStart(parcel, request).workflowId);
  });

  it('hashes the same for the same request in another order of its members', () => {
    const { hash } = planStart(parcel, request);
    expect(planStart(parcel, { ...request, input: { until: 'approval', weight: 3 } }).hash).toBe(hash);
    expect(planStart(parcel, { ...request, idempotencyKey: 'k', traceparent: 't' }).hash).toBe(hash);
  });

  it.each<[string, Partial<StartRequest>]>([
    ['input', { input: { weight: 4, until: 'approval' } }],
    ['business key', { businessKey: '4711' }],
    ['version', { version: '2' }],
  ])('hashes another %s to something else', (_name, difference) => {
    expect(planStart(parcel, { ...request, ...difference }).hash).not.toBe(planStart(parcel, request).hash);
  });

  it('keeps hash, version and trace context in the memo', () => {
    const plan = planStart(parcel, { ...request, version: '2', traceparent: '00-a' });
    expect(plan.memo).toEqual({
      'baton.startHash': plan.hash,
      'baton.version': '2',
      'baton.traceparent': '00-a',
    });
    expect(Object.keys(planStart(parcel, request).memo)).toEqual(['baton.startHash']);
  });

  it('summarises title and business key, no longer than Temporal takes', () => {
    expect(planStart(parcel, { ...request, businessKey: '4711' }).summary).toBe('Parcel · 4711');
    expect(planStart(parcel, request).summary).toBe('Parcel');
    const long = planStart(parcel, { ...request, businessKey: '🙂'.repeat(200) }).summary;
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(400);
    expect(long.endsWith('🙂')).toBe(true);
  });
});
