import type { Catalogue } from './catalogue.ts';

/** A secret that a service's calls need and the environment does not have. */
export interface MissingSecret {
  readonly service: string;
  /** Name of the environment variable. */
  readonly secret: string;
}

/** Which secrets are not there; an empty variable counts as not set. Whoever makes calls must find none. */
export function missingSecrets(
  catalogue: Catalogue,
  env: Readonly<Record<string, string | undefined>>,
): readonly MissingSecret[] {
  return Object.values(catalogue).flatMap(({ name, auth }) =>
    auth === null || (env[auth.secret] ?? '') !== '' ? [] : [{ service: name, secret: auth.secret }],
  );
}
