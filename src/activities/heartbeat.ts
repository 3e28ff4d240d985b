import type { Context } from '@temporalio/activity';

/** Well below the heart-beat timeout; the SDK sends fewer when they come too often. */
const heartbeatInterval = 2_000;

/**
 * Heart-beats while an activity is at work, so that a cancellation reaches it and a dead worker is noticed. A local
 * activity has no heart-beat.
 *
 * @returns what ends it
 */
export function beat(context: Context): () => void {
  if (context.info.heartbeatTimeoutMs === undefined) return () => undefined;
  const timer = setInterval(() => {
    context.heartbeat();
  }, heartbeatInterval);
  return () => {
    clearInterval(timer);
  };
}
