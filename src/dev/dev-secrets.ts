import { randomBytes } from 'node:crypto';

import type { Environment } from './find-program.ts';
import type { LocalService } from './local-service.ts';

/** Makes up the secrets that local services are called with and the environment does not have, by variable. */
export function devSecrets(
  services: readonly LocalService[],
  env: Environment,
): Readonly<Record<string, string>> {
  const missing = services.flatMap(({ auth }) =>
    auth === null || (env[auth.secret] ?? '') !== '' ? [] : [auth.secret],
  );
  return Object.fromEntries(
    [...new Set(missing)].map((name) => [name, randomBytes(24).toString('base64url')]),
  );
}
