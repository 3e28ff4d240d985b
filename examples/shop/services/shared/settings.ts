import type { Level } from 'pino';

/** What the environment says. */
export interface Settings {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly logLevel: LogLevel;
  readonly apiKey: string | undefined;
}

type LogLevel = Level | 'silent';

const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @throws Error that names every variable that is missing or wrong */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  apiKeyVariable: string | undefined,
): Settings {
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const port = Number(given('PORT'));
  const databaseUrl = given('DATABASE_URL') ?? '';
  const wantedLevel = given('LOG_LEVEL') ?? 'info';
  const logLevel = logLevels.find((level) => level === wantedLevel);
  const faults: string[] = [];
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push('PORT must be a port, such as 4101');
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    faults.push('DATABASE_URL must be like postgres://user:password@127.0.0.1:5432/name');
  }
  if (logLevel === undefined) faults.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  if (logLevel === undefined || faults.length > 0) throw new Error(faults.join('; '));
  return {
    host: given('HOST') ?? '127.0.0.1',
    port,
    databaseUrl,
    logLevel,
    apiKey: apiKeyVariable === undefined ? undefined : given(apiKeyVariable),
  };
}
