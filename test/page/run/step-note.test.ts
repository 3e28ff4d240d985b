import { describe, expect, it } from 'vitest';

import type { StepView } from '../../../src/core/run-state.ts';
import { stepNote } from '../../../src/page/run/step-note.ts';
import { step } from '../steps.ts';

const now = Date.parse('2026-03-12T10:00:05.000Z');
const later = new Date(now + 4_000).toISOString();
const away = { code: 'database-unavailable', message: 'PostgreSQL does not answer' };

describe('what is said of a step', () => {
  it.each<[Partial<StepView>, string]>([
    [{ status: 'scheduled', attempt: 0 }, 'waits for a worker'],
    [{ status: 'running' }, 'runs'],
    [{ status: 'running', attempt: 2 }, '2nd attempt runs'],
    [{ status: 'waiting', attempt: 2, nextAttemptAt: later }, '3rd attempt in 4 s'],
    [{ status: 'waiting', attempt: 1 }, 'waits for its 2nd attempt'],
    [{ status: 'waiting', kind: 'decision' }, 'waits for a person'],
    [{ status: 'waiting', kind: 'timer' }, 'waits'],
    [{ status: 'paused', attempt: 1 }, 'paused'],
    [{ status: 'paused', attempt: 3 }, 'paused after 3 attempts'],
    [
      { status: 'waiting', kind: 'listen', awaits: [{ type: 'paid', subject: 'A-17' }] },
      'waits for paid of A-17',
    ],
    [
      { status: 'waiting', kind: 'listen', attempt: 1, error: away, nextAttemptAt: later },
      '2nd attempt in 4 s',
    ],
    [
      { status: 'waiting', kind: 'emit', attempt: 1, error: away, nextAttemptAt: later },
      '2nd attempt in 4 s',
    ],
    [{ status: 'timed-out', kind: 'listen' }, 'the event did not come in time'],
    [{ status: 'stuck', attempt: 3 }, 'stuck after 3 attempts: waits for a person'],
    [{ status: 'completed' }, 'done in 1.0 s'],
    [{ status: 'completed', attempt: 4 }, 'done in 1.0 s after 4 attempts'],
    [{ status: 'failed' }, 'failed'],
    [{ status: 'cancelled' }, 'cancelled'],
    [{ status: 'timed-out', kind: 'decision' }, 'no one decided in time'],
    [{ status: 'timed-out', attempt: 2 }, 'timed out after 2 attempts'],
  ])('%j: %s', (is, note) => {
    expect(stepNote(step('pay', is), now)).toBe(note);
  });

  it('names the deadline of a decision', () => {
    const waiting = step('approval', { status: 'waiting', kind: 'decision', nextAttemptAt: later });
    expect(stepNote(waiting, now)).toMatch(/^waits for a person until \d\d:\d\d:09 \(in 4 s\)$/);
  });
});
