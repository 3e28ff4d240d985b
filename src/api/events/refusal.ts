import { BatonError, type ErrorCode, type Fault } from '../../core/errors.ts';
import { sayFaults } from '../../core/say-faults.ts';

/** So many faults help a person; a batch of a thousand events could have a hundred thousand. */
const shownFaults = 100;

/** The error that refuses a request for its faults, of which it tells the first hundred. */
export function refusal(code: ErrorCode, faults: readonly Fault[]): BatonError {
  const shown = faults.slice(0, shownFaults);
  const rest = faults.length - shown.length;
  const detail = sayFaults(shown) + (rest > 0 ? `; and ${rest} more` : '');
  return new BatonError(code, detail, { faults: shown });
}
