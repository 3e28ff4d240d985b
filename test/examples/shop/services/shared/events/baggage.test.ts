import { expect, test } from 'vitest';

import { parseBaggage } from '../../../../../../examples/shop/services/shared/events/baggage.ts';

test.each([
  ['', {}],
  ['style=hybrid', { style: 'hybrid' }],
  ['style=hybrid,causationid=a%2Fb', { style: 'hybrid', causationid: 'a/b' }],
  [' style = hybrid ; secret , other=1;a=b', { style: 'hybrid', other: '1' }],
  ['style', {}],
  ['=hybrid', {}],
  ['style=', { style: '' }],
  ['style=%zz,other=1', { other: '1' }],
])('%j is read as %j', (header, read) => {
  expect(parseBaggage(header)).toEqual(read);
});
