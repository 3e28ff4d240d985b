import { describe, expect, it } from 'vitest';

import type { ProcessResource } from '../../../src/core/process-resource.ts';
import { createPaint } from '../../../src/cli/render/paint.ts';
import { processListText, processText } from '../../../src/cli/render/process-text.ts';

const paint = createPaint(false);
const parcel: ProcessResource = {
  ...{ name: 'parcel', title: 'Parcel', description: 'Sends a parcel.\n' },
  versions: [],
  inputSchema: {
    type: 'object',
    required: ['weight'],
    properties: {
      weight: { type: 'integer', minimum: 1, description: 'In grams.' },
      to: { $ref: '#/$defs/address' },
      tags: { type: 'array', maxItems: 3, items: { type: 'string' } },
      speed: { enum: ['slow', 'fast'] },
    },
    $defs: {
      address: {
        type: 'object',
        required: ['city'],
        properties: { city: { type: 'string', minLength: 1, maxLength: 9 } },
      },
    },
  },
  example: { weight: 3 },
  decisions: { approval: { name: 'approval', title: 'May it go?', schema: { type: 'boolean' } } },
  graph: [{ name: 'send', kind: 'call', operation: 'post.send', after: [], undo: null, each: false }],
  counts: {
    ...{ running: 2, paused: 0, stuck: 1, completed: 40 },
    ...{ failed: 0, cancelled: 0, terminated: 0, 'timed-out': 0 },
  },
  links: { self: '/v1/processes/parcel', runs: '/v1/processes/parcel/runs' },
};

describe('the texts of processes', () => {
  it('list them with their runs by status', () => {
    expect(processListText([parcel], paint).split('\n')).toEqual([
      'PROCESS  TITLE   RUNNING  STUCK  COMPLETED',
      'parcel   Parcel  2        1      40',
    ]);
    expect(processListText([{ ...parcel, counts: null }], paint)).toContain('The runs cannot be counted');
  });

  it('show one with all that a start needs', () => {
    expect(processText(parcel, { paint, tail: ' --api http://there' }).split('\n')).toEqual([
      'parcel  Parcel',
      'Sends a parcel.',
      '● 2 running  ! 1 stuck  ✔ 40 completed',
      '',
      'Steps',
      '  send  post.send',
      '',
      'Input',
      '  weight  integer, from 1                 required  In grams.',
      '  to      object                          optional',
      '    city  string, 1 to 9 characters       required',
      '  tags    array of string, up to 3 items  optional',
      '  speed   one of "slow", "fast"           optional',
      '',
      'Decision approval  May it go?',
      '  boolean',
      '',
      'Example',
      '  {',
      '    "weight": 3',
      '  }',
      '',
      '  baton start parcel --example --api http://there',
    ]);
  });
});
