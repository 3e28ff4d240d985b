import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { describe, expect, it } from 'vitest';

import { failTimes, refuse } from '../../support/scripted-services.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

const result = (handle: WorkflowHandle): Promise<unknown> => handle.result();

async function failure(handle: WorkflowHandle): Promise<ApplicationFailure> {
  const error = await handle.result().then(
    () => Promise.reject(new Error('the run succeeded')),
    (reason: unknown) => reason as WorkflowFailedError,
  );
  if (!(error.cause instanceof ApplicationFailure)) throw error;
  return error.cause;
}

describe('call', () => {
  it('gives each step an idempotency key of its own, made of the run and the name of the step', async () => {
    const runId = await lab.run('callTwice', [], async (handle) => {
      await handle.result();
      return (await handle.describe()).runId;
    });
    const keys = lab.services.attempts.map(({ input }) => input.idempotencyKey);
    expect(keys).toEqual([`${runId}/shop.a`, `${runId}/shop.a%232`]);
  });

  it('never gives two calls of a run the same key, whatever their steps are called', async () => {
    await lab.run('namesThatMeet', [], result);
    const names = lab.services.attempts.map(({ input }) =>
      decodeURIComponent(input.idempotencyKey.split('/')[1] ?? ''),
    );
    expect(names).toEqual(['a/line', 'a/line#2', 'a', 'a#2', 'a/line#3', 'a#2#2', 'a#3']);
  });

  it.each([
    ['', /must not be empty/],
    ['x'.repeat(201), /has 201 characters; 200 are allowed/],
    ['undo:a', /must not begin with "undo:"/],
    ['half \ud83d', /must be valid Unicode/],
  ])('refuses a step name that could not be kept: %j', async (name, message) => {
    const error = await lab.run('stepNamed', [name], failure);
    expect(error).toMatchObject({ type: 'invalid-call', message: expect.stringMatching(message) as string });
    expect(lab.services.attempts).toEqual([]);
  });

  it('is sent again, with its key and no attempt lost, when its worker was stopped', async () => {
    let isStopped = false;
    lab.services.on('shop.a', () => {
      if (isStopped) return null;
      isStopped = true;
      throw ApplicationFailure.retryable('the worker stopped during the call', 'call-failed', {
        interrupted: true,
      });
    });
    // This call has one attempt only.
    await lab.run('callOverridden', [], result);
    expect(new Set(lab.services.attempts.map(({ input }) => input.idempotencyKey)).size).toBe(1);
    expect(lab.services.attempts).toHaveLength(2);
  });

  it('sends the same key with every attempt', async () => {
    lab.services.on('shop.a', failTimes(1));
    await lab.run('callOverridden', [], failure);
    lab.services.reset();
    lab.services.on('shop.a', failTimes(2));
    await lab.run('callTwice', [], result);
    const first = lab.services.attempts.slice(0, 3);
    expect(first.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(first.map(({ input }) => input.idempotencyKey)).size).toBe(1);
  });

  it('sends a trace context with one trace id for all calls of the run', async () => {
    await lab.run('callTwice', [], result);
    const parents = lab.services.attempts.map(({ input }) => input.traceparent);
    expect(parents[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(new Set(parents).size).toBe(1);
  });

  it('is shown in history under its operation and its step', async () => {
    const events = await lab.run('callOverridden', [], async (handle) => {
      await handle.result();
      return (await handle.fetchHistory()).events ?? [];
    });
    const scheduled = events
      .map((event) => event.activityTaskScheduledEventAttributes)
      .find((it) => it !== null && it !== undefined);
    expect(scheduled).toMatchObject({ activityType: { name: 'shop.a' }, activityId: 'named' });
  });

  it('takes timeout and retries from the call where it says so', async () => {
    lab.services.on('shop.a', failTimes(1));
    const error = await lab.run('callOverridden', [], failure);
    expect(error).toMatchObject({ type: 'call-failed', message: 'named: 503 at attempt 1' });
    expect(lab.services.attempts).toHaveLength(1);
    expect(lab.services.attempts[0]?.input).toMatchObject({ timeout: 7_000, retry: { maximumAttempts: 1 } });
  });

  it('fails for good after the attempts of its policy, with what the service said', async () => {
    lab.services.on('shop.a', failTimes(99));
    const error = await lab.run('callTwice', [], failure);
    expect(error).toMatchObject({ type: 'call-failed', details: [{ step: 'shop.a', status: 503 }] });
    expect(lab.services.attempts).toHaveLength(3);
  });

  it('makes a refusal a value that a process can act on', async () => {
    lab.services.on('shop.a', refuse(402, { code: 'declined' }));
    await expect(lab.run('refusedOutcome', [], result)).resolves.toBe('refused with {"code":"declined"}');
    expect(lab.services.attempts).toHaveLength(1);
  });

  it.each([
    [409, 'declined'],
    [402, 'other'],
    [402, null],
  ])('lets a refusal with %i and the code %j through', async (status, code) => {
    lab.services.on('shop.a', refuse(status, code === null ? null : { code }));
    await expect(lab.run('refusedOutcome', [], failure)).resolves.toMatchObject({ type: 'call-refused' });
  });

  it('fails the run for an operation that the catalogue lacks, and names those it has', async () => {
    const error = await lab.run('callUnknown', [], failure);
    expect(error).toMatchObject({
      type: 'invalid-call',
      message: expect.stringMatching(/no operation "shop.nothing".*shop\.a, /) as string,
    });
  });

  it('fails the run for a request that Temporal could not carry, instead of losing the run', async () => {
    await expect(lab.run('callTooLarge', [], failure)).resolves.toMatchObject({ type: 'request-too-large' });
  });
});

describe('a quick call', () => {
  const kinds = (): readonly string[] =>
    lab.services.attempts.map(({ isLocal }) => (isLocal ? 'local' : 'ordinary'));

  it('goes as a local activity', async () => {
    await expect(lab.run('callQuick', [], result)).resolves.toEqual({ done: 'shop.quick' });
    expect(kinds()).toEqual(['local']);
  });

  it('goes as an ordinary activity after two local tries, with the same key', async () => {
    lab.services.on('shop.quick', failTimes(3));
    await lab.run('callQuick', [], result);
    expect(kinds()).toEqual(['local', 'local', 'ordinary', 'ordinary']);
    expect(new Set(lab.services.attempts.map(({ input }) => input.idempotencyKey)).size).toBe(1);
  });

  it('is not tried again when the service refuses', async () => {
    lab.services.on('shop.quick', refuse(404));
    await expect(lab.run('callQuick', [], failure)).resolves.toMatchObject({
      type: 'call-refused',
      message: 'shop.quick: 404',
    });
    expect(kinds()).toEqual(['local']);
  });
});
