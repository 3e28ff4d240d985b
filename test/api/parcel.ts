import { condition, continueAsNew } from '@temporalio/workflow';

import type { Json } from '../../src/core/json.ts';
import { askPerson } from '../../src/workflows/steps/ask-person.ts';
import { decide } from '../../src/workflows/steps/decide.ts';

/** The process of `sample.ts`: done at once, or when what it waits `until` has come. */
export async function parcel(input: {
  weight: number;
  until?: 'approval' | 'stuck' | 'stuck twice' | 'cancelled' | 'renewed';
}): Promise<Json> {
  switch (input.until) {
    case 'approval':
      return decide<Json>('approval');
    case 'stuck':
      return askPerson('send', ['retry', 'give-up']);
    case 'stuck twice':
      await askPerson('send', ['retry', 'give-up']);
      return askPerson('send', ['retry', 'give-up']);
    case 'cancelled':
      await condition(() => false);
      return null;
    case 'renewed':
      return continueAsNew<typeof parcel>({ weight: input.weight + 1 });
    default:
      return { sent: input.weight };
  }
}
