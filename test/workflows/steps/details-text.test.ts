import { describe, expect, it } from 'vitest';

import { detailsText, type Waits } from '../../../src/workflows/steps/details-text.ts';

const noon = Date.UTC(2026, 0, 31, 12);
const day = 86_400_000;

function text(waits: Partial<Waits>, id = 'order-1'): string {
  return detailsText(id, { decisions: [], stuck: [], pausedSince: undefined, ...waits });
}

describe('what a run says of itself', () => {
  it('is nothing while it waits for no one', () => {
    expect(text({})).toBe('');
  });

  it('is which decision it waits for, how long, and how to take it', () => {
    expect(text({ decisions: [{ name: 'approval', since: noon, until: noon + day }] })).toBe(
      [
        '**Waits for the decision `approval`** since 2026-01-31 12:00:00 UTC, until 2026-02-01 12:00:00 UTC; then its default counts.',
        "```sh\nbaton signal order-1 approval --data '…'\n# or POST /v1/runs/order-1/signals/approval\n```",
        'All steps: `baton show order-1`',
      ].join('\n\n'),
    );
  });

  it('names no end of a decision that waits for as long as it takes', () => {
    const said = text({ decisions: [{ name: 'approval', since: noon, until: null }] });
    expect(said).toContain('since 2026-01-31 12:00:00 UTC.');
    expect(said).not.toContain('until');
  });

  it('is which step is stuck, and the actions that fit it', () => {
    expect(text({ stuck: [{ step: 'undo:pay', since: noon, allowed: ['retry', 'give-up'] }] })).toBe(
      [
        '**`undo:pay` is stuck** since 2026-01-31 12:00:00 UTC: it has failed for good.',
        [
          '```sh',
          'baton retry order-1 --step undo:pay',
          '# or POST /v1/runs/order-1/retry',
          'baton give-up order-1 --step undo:pay',
          '# or POST /v1/runs/order-1/give-up',
          '```',
        ].join('\n'),
        'All steps: `baton show order-1`',
      ].join('\n\n'),
    );
  });

  it.each([
    { pausedSince: noon, since: 'since 2026-01-31 12:00:00 UTC' },
    { pausedSince: null, since: 'from its beginning' },
  ])('is that it is paused $since', ({ pausedSince, since }) => {
    const said = text({ pausedSince });
    expect(said).toContain(`**Paused** ${since}: no further step begins.`);
    expect(said).toContain('baton resume order-1');
  });

  it('is all of it where there is more', () => {
    const said = text({
      decisions: [{ name: 'approval', since: noon, until: null }],
      stuck: [{ step: 'ship', since: noon, allowed: ['retry'] }],
      pausedSince: noon,
    });
    expect(said.match(/\*\*.*?\*\*/g)).toEqual([
      '**Waits for the decision `approval`**',
      '**`ship` is stuck**',
      '**Paused**',
    ]);
  });

  it('can be entered as it stands, whatever the names', () => {
    const said = text({ stuck: [{ step: 'undo:pay `it`', since: noon, allowed: ['retry'] }] }, 'order/1');
    expect(said).toContain("**`undo:pay 'it'` is stuck**");
    expect(said).toContain("baton retry order/1 --step 'undo:pay `it`'");
    expect(said).toContain('/v1/runs/order%2F1/retry');
  });
});
