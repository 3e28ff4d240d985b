import type { JSX } from 'preact';

import type { DeliveryResource } from '../../core/delivery-resource.ts';
import { Time } from '../parts/time.tsx';
import { writeRoute } from '../route.ts';
import { Fact } from '../timeline/step-details.tsx';
import { caseKey } from './case-key.ts';
import { parkedText, retriedText, waitingText } from './delivery-words.ts';
import { DeliveryBadge } from './open-counts.tsx';
import { Settling } from './settling.tsx';

interface OpenDeliveryProps {
  readonly subscription: string;
  readonly delivery: DeliveryResource;
  readonly now: number;
  readonly onSettled: () => void;
}

/** An event that a subscription has not delivered yet: why, and what a person may do. */
export function OpenDelivery({ subscription, delivery, now, onSettled }: OpenDeliveryProps): JSX.Element {
  const { state, event, position, attempts, nextAttemptAt, recordedAt } = delivery;
  const { type, subject } = event;
  const named = { ...delivery, subscription };
  const key = caseKey(event);
  const reasons = {
    parked: () => parkedText(named, { hasSubject: subject !== undefined }),
    retrying: () => retriedText(named, { type, now }),
    waiting: () => waitingText(subscription, type),
  };
  const reason = reasons[state]();
  return (
    <article class={`panel ${state === 'parked' ? 'panel--stuck' : ''}`} data-delivery={position}>
      <h3>
        {type} <DeliveryBadge state={state} />
      </h3>
      <dl class="facts">
        {subject !== undefined && subject !== key && <Fact name="Subject">{subject}</Fact>}
        {key !== null && (
          <Fact name={key === subject ? 'Subject' : 'Case'}>
            <a
              href={writeRoute({ view: 'correlation', key })}
              aria-label={`${key}, the case of ${type} at ${position}`}
            >
              {key}
            </a>
          </Fact>
        )}
        <Fact name="Position">{position}</Fact>
        <Fact name="Recorded">
          <Time iso={recordedAt} now={now} />
        </Fact>
        <Fact name="Attempts so far">{attempts}</Fact>
        {nextAttemptAt !== null && (
          <Fact name="Next attempt">
            <Time iso={nextAttemptAt} now={now} />
          </Fact>
        )}
      </dl>
      <p>{reason}</p>
      {state === 'parked' && <Settling delivery={named} type={type} onSettled={onSettled} />}
    </article>
  );
}
