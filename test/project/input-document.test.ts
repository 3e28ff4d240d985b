import { expect, test } from 'vitest';

import { inputDocument } from '../../src/project/input-document.ts';
import type { Process } from '../../src/project/project.ts';

test("a process's schemas become components, and references within them still lead to the same", () => {
  const process: Process = {
    name: 'order',
    title: 'Order',
    description: '',
    inputSchema: {
      type: 'object',
      properties: {
        line: { $ref: '#/$defs/line' },
        again: { $ref: '#/properties/line' },
        self: { $ref: '#' },
      },
      $defs: { line: { type: 'array', items: [{ $ref: '#/$defs/line' }] } },
    },
    example: {},
    decisions: { 'second-look': { name: 'second-look', title: 'Look again', schema: { type: 'boolean' } } },
    graph: [],
    module: '/order.ts',
    exportName: 'order',
  };
  expect(JSON.parse(inputDocument(process))).toEqual({
    openapi: '3.1.0',
    info: { title: 'Order', version: '1' },
    paths: {},
    components: {
      schemas: {
        Input: {
          type: 'object',
          properties: {
            line: { $ref: '#/components/schemas/Input.line' },
            again: { $ref: '#/components/schemas/Input/properties/line' },
            self: { $ref: '#/components/schemas/Input' },
          },
        },
        'Input.line': { type: 'array', items: [{ $ref: '#/components/schemas/Input.line' }] },
        SecondLook: { type: 'boolean' },
      },
    },
  });
});
