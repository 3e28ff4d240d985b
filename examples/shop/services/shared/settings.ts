import type { Level } from 'pino';

/** What the environment says. */
export interface Settings {
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly logLevel: LogLevel;
  readonly apiKey: string | undefined;
  /** What deliveries of events must be signed with; `undefined` = they need not be. */
  readonly eventsKey: string | undefined;
  /** Where events are told, without a slash at the end; `null` = nowhere. */
  readonly batonApi: string | null;
}

type LogLevel = Level | 'silent';

const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @throws Error that names every variable that is missing or wrong */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  { name, apiKeyVariable }: { readonly name: string; readonly apiKeyVariable?: string },
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
  const batonApi = given('BATON_API') ?? 'http://127.0.0.1:8080';
  if (!/^https?:\/\/[^/]/.test(batonApi))
    faults.push('BATON_API must be a URL, such as http://127.0.0.1:8080');
  if (logLevel === undefined) faults.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  if (logLevel === undefined || faults.length > 0) throw new Error(faults.join('; '));
  return {
    host: given('HOST') ?? '127.0.0.1',
    port,
    databaseUrl,
    logLevel,
    apiKey: apiKeyVariable === undefined ? undefined : given(apiKeyVariable),
    eventsKey: given(`${name.toUpperCase()}_EVENTS_KEY`),
    batonApi: batonApi.replace(/\/+$/, ''),
  };
}
