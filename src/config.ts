import { z } from 'zod';

import { BatonError } from './core/errors.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  BATON_HOST: z.string().min(1).default('127.0.0.1'),
  BATON_PORT: port.default(8080),
  BATON_TASK_QUEUE: z.string().min(1).default('baton'),
  BATON_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  BATON_BODY_LIMIT: z.coerce.number().int().positive().default(1_048_576),
  BATON_SHUTDOWN_GRACE: z.coerce.number().int().positive().default(10_000),
  BATON_UI_URL: z.url().optional(),
  BATON_HOME: z.string().min(1).default('.baton'),
  BATON_CACHE: z.string().min(1).optional(),
  BATON_DEV_TEMPORAL_PORT: port.default(7233),
  BATON_DEV_UI_PORT: port.default(8233),
  BATON_DEV_POSTGRES_PORT: port.default(5433),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  DATABASE_URL: z.url().optional(),
  XDG_CACHE_HOME: z.string().min(1).optional(),
});

/**
 * What the environment says, read once. Temporal's own settings (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS, API key,
 * profiles) are read by `@temporalio/envconfig` in src/temporal; the address stands here only to tell whether an
 * embedded server is wanted.
 */
export interface Config {
  /** Address that the API listens on. */
  readonly host: string;
  readonly port: number;
  readonly taskQueue: string;
  readonly logLevel: string;
  /** Largest body that the API reads, in bytes. */
  readonly bodyLimit: number;
  /** How long a stopping process finishes what it has begun, in milliseconds. */
  readonly shutdownGrace: number;
  /** Temporal's Web UI, for links; `null` = not known. */
  readonly uiUrl: string | null;
  /** Folder for the data of the embedded parts. */
  readonly home: string;
  /** Folder for downloaded programs, shared by all clones; `null` = the user's cache folder. */
  readonly cache: string | null;
  readonly temporalAddress: string | null;
  readonly databaseUrl: string | null;
  /** Ports of the embedded parts. */
  readonly dev: { readonly temporalPort: number; readonly uiPort: number; readonly postgresPort: number };
}

/**
 * Reads the environment.
 *
 * @throws BatonError `invalid-request` that lists every variable that is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // An empty variable is how many shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      pointer: `/${issue.path.join('/')}`,
      message: `${issue.path.join('.')}: ${issue.message}`,
    }));
    throw new BatonError('invalid-request', 'The environment is not valid', { faults });
  }
  const is = parsed.data;
  return Object.freeze({
    host: is.BATON_HOST,
    port: is.BATON_PORT,
    taskQueue: is.BATON_TASK_QUEUE,
    logLevel: is.BATON_LOG_LEVEL,
    bodyLimit: is.BATON_BODY_LIMIT,
    shutdownGrace: is.BATON_SHUTDOWN_GRACE,
    uiUrl: is.BATON_UI_URL ?? null,
    home: is.BATON_HOME,
    cache: is.BATON_CACHE ?? (is.XDG_CACHE_HOME === undefined ? null : `${is.XDG_CACHE_HOME}/baton`),
    temporalAddress: is.TEMPORAL_ADDRESS ?? null,
    databaseUrl: is.DATABASE_URL ?? null,
    dev: Object.freeze({
      temporalPort: is.BATON_DEV_TEMPORAL_PORT,
      uiPort: is.BATON_DEV_UI_PORT,
      postgresPort: is.BATON_DEV_POSTGRES_PORT,
    }),
  });
}
