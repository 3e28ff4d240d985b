import { describe, expect, it } from 'vitest';

import { hasTaken } from '../../src/api/taken-message.ts';
import type { HistoryEvent } from '../../src/temporal/read-history.ts';
import { updateId } from '../../src/workflows/messages.ts';
import { sha256 } from '../../src/api/sha256.ts';
import { history } from '../runs/events.ts';

const idOf = (update: string, key: string, message = 'x'): string => updateId(update, key, sha256(message));

const accepted = (id: string): HistoryEvent[] =>
  history({
    workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { meta: { updateId: id } } },
  });

/** What a message leaves that came again after a reset. */
const admitted = (id: string): HistoryEvent[] =>
  history({ workflowExecutionUpdateAdmittedEventAttributes: { request: { meta: { updateId: id } } } });

describe('hasTaken', () => {
  it.each<[string, readonly HistoryEvent[], boolean]>([
    ['the message', accepted(idOf('baton.steer', 'k')), true],
    ['the message among others', [...accepted('other'), ...accepted(idOf('baton.steer', 'k'))], true],
    ['the message again after a reset', admitted(idOf('baton.steer', 'k')), true],
    [
      'another message with this key: the run itself refuses it',
      accepted(idOf('baton.steer', 'k', 'y')),
      true,
    ],
    ['one with another key', accepted(idOf('baton.steer', 'kk')), false],
    ['one with a key that ends alike', accepted(idOf('baton.steer', 'a:k')), false],
    ['one of another kind with this key', accepted(idOf('approval', 'k')), false],
    ['one whose id another client of Temporal chose', accepted('baton.steer:k'), false],
    ['no message', history({ timerFiredEventAttributes: { timerId: '1' } }), false],
    ['nothing', [], false],
  ])('is told of a run that has taken %s', (_, events, isTaken) => {
    expect(hasTaken(events, { update: 'baton.steer', idempotencyKey: 'k' })).toBe(isTaken);
  });
});
