import { describe, expect, it } from 'vitest';

import { judgeAnswer } from '../../src/activities/call-outcome.ts';
import { isRetryableStatus } from '../../src/http/retryable-status.ts';

const now = Date.parse('2030-01-01T00:00:00Z');
const json = { contentType: 'application/json; charset=utf-8', retryAfter: undefined };

describe('an answer of a service', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 599])('with status %d is worth another attempt', (status) => {
    expect(isRetryableStatus(status)).toBe(true);
    expect(judgeAnswer({ ...json, status, text: '' }, now)).toMatchObject({
      code: 'call-failed',
      isRetryable: true,
    });
  });

  it.each([301, 400, 401, 402, 403, 404, 409, 410, 413, 422, 501])('with status %d is final', (status) => {
    expect(isRetryableStatus(status)).toBe(false);
    expect(judgeAnswer({ ...json, status, text: '' }, now)).toMatchObject({
      code: 'call-refused',
      isRetryable: false,
    });
  });

  it.each([
    ['{"a":1}', { a: 1 }],
    ['[]', []],
    ['"x"', 'x'],
    ['', null],
  ])('with the body %j and status 200 is the result %j', (text, body) => {
    expect(judgeAnswer({ ...json, status: 200, text }, now)).toEqual({ kind: 'answer', body });
  });

  it('that is HTML, or broken JSON, is no result', () => {
    const html = { status: 200, contentType: 'text/html', retryAfter: undefined, text: '<p>hello</p>' };
    expect(judgeAnswer(html, now)).toMatchObject({ code: 'response-not-json', isRetryable: false });
    expect(judgeAnswer({ ...json, status: 200, text: '{"a":' }, now)).toMatchObject({
      code: 'response-not-json',
      message: expect.stringContaining('is no valid JSON') as string,
    });
  });

  it('that is a redirect says where to, and that it is not followed', () => {
    const answer = { ...json, status: 307, text: '', location: 'https://new.example/pay' };
    expect(judgeAnswer(answer, now)).toMatchObject({
      code: 'call-refused',
      isRetryable: false,
      message:
        '307: redirects to https://new.example/pay, which is not followed; name that address in services.yaml',
    });
  });

  it('tells the words of its problem document, and keeps it', () => {
    const problem = { title: 'Card declined', detail: 'Ask your bank', code: 'card-declined' };
    const answer = {
      ...json,
      contentType: 'application/problem+json',
      status: 402,
      text: JSON.stringify(problem),
    };
    expect(judgeAnswer(answer, now)).toEqual({
      kind: 'failure',
      code: 'call-refused',
      message: '402 Card declined: Ask your bank',
      isRetryable: false,
      status: 402,
      body: problem,
    });
  });

  it('keeps the beginning of a text that is no JSON, so that a person can read it', () => {
    const answer = {
      status: 502,
      contentType: 'text/plain',
      retryAfter: '2',
      text: 'Bad gateway'.repeat(1_000),
    };
    expect(judgeAnswer(answer, now)).toMatchObject({
      retryAfter: 2_000,
      body: expect.stringMatching(/^Bad gateway.{989}$/) as string,
    });
  });
});
