import pg from 'pg';

/** Classes of SQLSTATE (PostgreSQL's manual, appendix A) that say: come again. */
const awayClasses = ['08', '53', '57P'];

const awayCodes: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  // Written to while it is a standby, as during a failover.
  '25006',
]);

/** What `pg` itself says, without any code, of a connection that is gone or a server that does not answer. */
const awayMessages =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable/i;

/** Whether a statement failed because PostgreSQL is away or overloaded, and may succeed later as it is. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (error instanceof pg.DatabaseError) {
    return code !== null && (awayCodes.has(code) || awayClasses.some((start) => code.startsWith(start)));
  }
  return code === null ? awayMessages.test(error.message) : awayCodes.has(code);
}
