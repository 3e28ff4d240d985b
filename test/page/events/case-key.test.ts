import { expect, it } from 'vitest';

import { caseKey } from '../../../src/page/events/case-key.ts';
import { sampleEvent } from '../../events/lab.ts';

it.each([
  [{ subject: 's', correlationid: 'c' }, 'c'],
  [{ subject: 's' }, 's'],
  [{ subject: 's', correlationid: '' }, 's'],
  [{}, null],
])('the case of an event with %j', (members, key) => {
  expect(caseKey(sampleEvent(members))).toBe(key);
});
