import { setMaxListeners } from 'node:events';

const controllers = new WeakMap<object, AbortController>();

/**
 * Tells an application that its process is stopping, so that what merely waits ends early with an honest answer. The
 * server aborts it; the routes and the readiness check look at its signal.
 */
export function stoppingOf(app: object): AbortController {
  const known = controllers.get(app);
  if (known !== undefined) return known;
  const made = new AbortController();
  // Each request that is being answered listens; Node would take many of them for a leak.
  setMaxListeners(0, made.signal);
  controllers.set(app, made);
  return made;
}
