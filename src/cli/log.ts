import { type Logger, pino } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';

/**
 * The log of one process: JSON lines on the standard error, so that the standard output stays a command's answer; in
 * colour and for people where a terminal reads it.
 */
export function createLog(level: string): Logger {
  if (!process.stderr.isTTY) return pino({ level, base: null }, pino.destination(2));
  return pino({ level, base: null }, pretty({ destination: 2, colorize: true, ignore: 'hostname,pid' }));
}
