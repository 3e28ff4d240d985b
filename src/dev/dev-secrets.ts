import { randomBytes } from 'node:crypto';

import type { ProjectEvents } from '../project/project.ts';
import type { Environment } from './find-program.ts';
import type { LocalService } from './local-service.ts';

/**
 * Makes up the secrets that local services are called with, and that events are delivered to them with, where the environment
 * does not have them; by variable.
 */
export function devSecrets(
  services: readonly LocalService[],
  { subscriptions }: Pick<ProjectEvents, 'subscriptions'>,
  env: Environment,
): Readonly<Record<string, string>> {
  const local = new Set(services.map(({ name }) => name));
  const ofEvents = Object.values(subscriptions).flatMap(({ subscription: { target } }) =>
    target.kind === 'service' && target.secret !== null && local.has(target.service) ? [target.secret] : [],
  );
  const ofCalls = services.flatMap(({ auth }) => (auth === null ? [] : [auth.secret]));
  const missing = [...ofCalls, ...ofEvents].filter((name) => (env[name] ?? '') === '');
  return Object.fromEntries(
    [...new Set(missing)].map((name) => [name, randomBytes(24).toString('base64url')]),
  );
}
