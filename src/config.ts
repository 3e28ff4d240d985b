import { z } from 'zod';

import { BatonError } from './core/errors.ts';

/** @param says goes on after the name of the variable */
function wholeNumber(least: number, most: number, says: string): z.ZodType<number> {
  const error = ({ input }: { readonly input?: unknown }): string =>
    `must be ${says}, not ${JSON.stringify(input)}`;
  return z
    .string()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error });
}

/** What it is instead is not said: it may hold a password. */
function url(protocol: RegExp, example: string): z.ZodType<string> {
  return z.url({ protocol, error: `must be a URL such as ${example}` });
}

const port = wholeNumber(0, 65_535, 'a port, a number from 0 to 65535');

const address = z.string().regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}$/, {
  error: ({ input }) =>
    `must be an IP address and a port such as 127.0.0.1:9464, not ${JSON.stringify(input)}`,
});

const bytes = wholeNumber(1, 1_073_741_824, 'a number of bytes from 1 to 1073741824');

/** A day at most: a timer of Node that is much longer fires at once. */
const grace = wholeNumber(1, 86_400_000, 'a number of milliseconds from 1 to 86400000');

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const logLevel = z.enum(logLevels, {
  error: ({ input }) => `must be one of ${logLevels.join(', ')}, not ${JSON.stringify(input)}`,
});

const environment = z.object({
  BATON_HOST: z.string().min(1).default('127.0.0.1'),
  BATON_PORT: port.default(8080),
  BATON_TASK_QUEUE: z.string().min(1).default('baton'),
  BATON_LOG_LEVEL: logLevel.default('info'),
  BATON_BODY_LIMIT: bytes.default(1_048_576),
  BATON_SHUTDOWN_GRACE: grace.default(10_000),
  BATON_UI_URL: url(/^https?$/, 'http://127.0.0.1:8233').optional(),
  BATON_METRICS_ADDRESS: address.optional(),
  BATON_HOME: z.string().min(1).default('.baton'),
  BATON_CACHE: z.string().min(1).optional(),
  BATON_DEV_TEMPORAL_PORT: port.default(7233),
  BATON_DEV_UI_PORT: port.default(8233),
  BATON_DEV_POSTGRES_PORT: port.default(5433),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user@host:5432/name').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(/^https?$/, 'http://127.0.0.1:4318').optional(),
  XDG_CACHE_HOME: z.string().min(1).optional(),
});

/**
 * What the environment says, read once. Temporal's own settings (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS, API key,
 * profiles) are read by `@temporalio/envconfig` in src/temporal; address and namespace stand here only to tell whether an
 * embedded server is wanted, and with which namespace.
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
  /** `host:port` on which a worker, or a deliverer, offers its metrics to Prometheus; `null` = nowhere. */
  readonly metricsAddress: string | null;
  /**
   * OpenTelemetry's collector, which gets traces by OTLP over HTTP; `null` = none are made. OpenTelemetry reads its other
   * variables itself.
   */
  readonly collectorUrl: string | null;
  /** Folder for the data of the embedded parts. */
  readonly home: string;
  /** Folder for downloaded programs, shared by all clones; `null` = the user's cache folder. */
  readonly cache: string | null;
  readonly temporalAddress: string | null;
  /** Of the embedded Temporal. */
  readonly temporalNamespace: string;
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
      message: `${issue.path.join('.')} ${issue.message}`,
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
    metricsAddress: is.BATON_METRICS_ADDRESS ?? null,
    collectorUrl: is.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    home: is.BATON_HOME,
    cache: is.BATON_CACHE ?? (is.XDG_CACHE_HOME === undefined ? null : `${is.XDG_CACHE_HOME}/baton`),
    temporalAddress: is.TEMPORAL_ADDRESS ?? null,
    temporalNamespace: is.TEMPORAL_NAMESPACE,
    databaseUrl: is.DATABASE_URL ?? null,
    dev: Object.freeze({
      temporalPort: is.BATON_DEV_TEMPORAL_PORT,
      uiPort: is.BATON_DEV_UI_PORT,
      postgresPort: is.BATON_DEV_POSTGRES_PORT,
    }),
  });
}
