import type { JSX } from 'preact';

import type { CorrelatedDelivery } from '../../correlations/material.ts';
import { parkedText, retriedText } from '../events/delivery-words.ts';
import { Settling } from '../events/settling.tsx';
import { writeRoute } from '../route.ts';

interface UndeliveredProps {
  readonly delivery: CorrelatedDelivery;
  /** The event's type. */
  readonly type: string;
  readonly hasSubject: boolean;
  readonly now: number;
  readonly onSettled: () => void;
}

/** An event that a subscription could not deliver; where it waits for a person, with what the person may do. */
export function Undelivered({ delivery, type, hasSubject, now, onSettled }: UndeliveredProps): JSX.Element {
  if (delivery.state !== 'parked') {
    return (
      <p class="notice notice--stall" data-undelivered={delivery.state}>
        {retriedText(delivery, { type, now })}
      </p>
    );
  }
  return (
    <section
      class="panel panel--stuck"
      aria-label={`Not delivered: ${type} to ${delivery.subscription}`}
      data-undelivered="parked"
    >
      <h2>
        <a
          href={writeRoute({ view: 'subscription', name: delivery.subscription })}
          aria-label={`${delivery.subscription}, which has not taken ${type} at ${delivery.position}`}
        >
          {delivery.subscription}
        </a>{' '}
        has not taken {type}
      </h2>
      <p>{parkedText(delivery, { hasSubject })}</p>
      <Settling delivery={delivery} type={type} onSettled={onSettled} />
    </section>
  );
}
