import { describe, expect, it } from 'vitest';

import { webUiLinks } from '../../src/temporal/web-ui-links.ts';

describe('webUiLinks', () => {
  it('leads to the run and to the events of one execution', () => {
    const run = { namespace: 'default', workflowId: 'order-1', runId: 'r-1' };
    expect(webUiLinks('http://localhost:8233', run)).toEqual({
      run: 'http://localhost:8233/namespaces/default/workflows/order-1',
      history: 'http://localhost:8233/namespaces/default/workflows/order-1/r-1/history',
    });
  });

  it('keeps the path of the Web UI and escapes what an id may hold', () => {
    const run = { namespace: 'a b', workflowId: 'order/1?#', runId: 'r' };
    expect(webUiLinks('https://ui.example/temporal/', run).run).toBe(
      'https://ui.example/temporal/namespaces/a%20b/workflows/order%2F1%3F%23',
    );
  });
});
