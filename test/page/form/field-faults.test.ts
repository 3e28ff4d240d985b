import { describe, expect, it } from 'vitest';

import { faultsAt, fieldFor } from '../../../src/page/form/field-faults.ts';

const fields = ['', '/input', '/input/lines', '/input/lines/0/sku'];
const isShown = (pointer: string): boolean => fields.includes(pointer);

describe('a fault', () => {
  it.each([
    ['/input/lines/0/sku', '/input/lines/0/sku'],
    ['/input/lines/0/colour', '/input/lines'],
    ['/input/other', '/input'],
    ['/id', ''],
    ['', ''],
  ])('at %s leads to the field at %s', (pointer, field) => {
    expect(fieldFor(pointer, isShown)).toBe(field);
  });

  it('leads nowhere where no field is around it', () => {
    expect(fieldFor('?process', (pointer) => pointer === '/input')).toBeNull();
    expect(fieldFor('', () => false)).toBeNull();
  });

  it('is told at its own place only', () => {
    const errors = [
      { pointer: '/input', message: 'one' },
      { pointer: '/input/a', message: 'two' },
    ];
    expect(faultsAt('/input', errors).map(({ message }) => message)).toEqual(['one']);
  });
});
