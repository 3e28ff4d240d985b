import { listen } from '../../src/workflows/index.ts';

/** Waits for an event of its own, and ends. */
export async function waiting(subject: string): Promise<void> {
  await listen({ type: 'bench.awaited', subject });
}
