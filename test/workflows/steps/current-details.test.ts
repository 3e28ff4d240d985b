import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, it, vi } from 'vitest';

import { pauseUpdates, steerUpdate } from '../../../src/workflows/messages.ts';
import { refuse } from '../../support/scripted-services.ts';
import { useStepLab } from './step-lab.ts';

const lab = useStepLab();

/** What Temporal's Web UI shows of a run, by the query that it uses. */
async function details(handle: WorkflowHandle): Promise<string> {
  const { currentDetails = '' } = await handle.query<{ currentDetails?: string }>(
    '__temporal_workflow_metadata',
  );
  return currentDetails;
}

async function until(handle: WorkflowHandle, said: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await details(handle)).toContain(said);
  }, 20_000);
}

describe('the current details of a run', () => {
  it('say that it waits for a decision, and until when, until it has it', async () => {
    await lab.run('approval', [], async (handle) => {
      await until(handle, '**Waits for the decision `approval`** since ');
      expect(await details(handle)).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC; then its default/);
      expect(await details(handle)).toContain(`POST /v1/runs/${handle.workflowId}/signals/approval`);
      await handle.executeUpdate('approval', { args: [{ approved: true }] });
      await handle.result();
      expect(await details(handle)).toBe('');
    });
  });

  it('say that a step is stuck until a person has settled it', async () => {
    lab.services.on('shop.b', refuse(422));
    await lab.run('heldStep', [], async (handle) => {
      await until(handle, '**`b` is stuck** since ');
      lab.services.reset();
      await handle.executeUpdate(steerUpdate, { args: [{ action: 'retry' }] });
      await handle.result();
      expect(await details(handle)).toBe('');
    });
  });

  it('say that it is paused until it is resumed, beside what else it waits for', async () => {
    await lab.run('approval', [], async (handle) => {
      await until(handle, 'approval');
      await handle.executeUpdate(pauseUpdates.pause);
      expect(await details(handle)).toMatch(/^\*\*Waits .*\*\*Paused\*\* since /s);
      await handle.executeUpdate(pauseUpdates.resume);
      expect(await details(handle)).not.toContain('Paused');
      await handle.executeUpdate('approval', { args: [null] });
    });
  });

  it('keep what the process itself says', async () => {
    await lab.run('talkative', [], async (handle) => {
      await until(handle, 'Waits for the decision');
      expect(await details(handle)).toMatch(/\n\nTwo of three are packed\.$/);
      await handle.executeUpdate('approval', { args: [null] });
      await handle.result();
      expect(await details(handle)).toBe('Three of three are packed.');
    });
  });

  it('are no part of history', async () => {
    await lab.run('approval', [], async (handle) => {
      await until(handle, 'approval');
      const before = (await handle.fetchHistory()).events?.length;
      await details(handle);
      expect((await handle.fetchHistory()).events?.length).toBe(before);
      await handle.executeUpdate('approval', { args: [null] });
    });
  });
});
