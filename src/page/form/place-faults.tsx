import type { JSX } from 'preact';

import type { Fault } from '../../core/errors.ts';
import { faultsAt } from './field-faults.ts';
import { fieldId } from './field-props.ts';

/** What the API said of exactly this place, in its words. */
export function PlaceFaults({
  pointer,
  errors,
}: {
  readonly pointer: string;
  readonly errors: readonly Fault[];
}): JSX.Element | null {
  const faults = faultsAt(pointer, errors);
  if (faults.length === 0) return null;
  return (
    <ul class="field__faults" id={`${fieldId(pointer)}:faults`}>
      {faults.map(({ message }) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}
