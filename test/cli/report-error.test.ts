import { describe, expect, it } from 'vitest';

import { errorText } from '../../src/cli/report-error.ts';
import { BatonError } from '../../src/core/errors.ts';

describe('what a person reads when a command fails', () => {
  it('is the message alone for an error that Baton reports on purpose', () => {
    const error = new BatonError('temporal-unavailable', 'Temporal cannot be reached', {
      cause: new Error('x'),
    });
    expect(errorText(error)).toBe('Temporal cannot be reached');
  });

  it('has every fault on a line of its own below it', () => {
    const faults = [
      { pointer: '/services/pay', message: 'services.yaml:2:3 /services/pay is missing' },
      { pointer: '', message: 'the folder processes/ is missing' },
    ];
    const lines = errorText(new BatonError('invalid-request', 'The project is not valid', { faults })).split(
      '\n',
    );
    expect(lines).toEqual([
      'The project is not valid',
      '  services.yaml:2:3 /services/pay is missing',
      '  the folder processes/ is missing',
    ]);
  });

  it('is the stack of what is a bug', () => {
    const error = new TypeError('x is not a function');
    expect(errorText(error)).toBe(error.stack);
  });

  it('is the message of a bug that has no stack', () => {
    const error = new Error('lost its stack');
    delete error.stack;
    expect(errorText(error)).toBe('lost its stack');
  });

  it.each([
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [404, '404'],
  ])('is what was thrown, for %o that is no error', (thrown, text) => {
    expect(errorText(thrown)).toBe(text);
  });
});
