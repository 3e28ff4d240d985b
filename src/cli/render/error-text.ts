import type { ErrorView } from '../../core/run-state.ts';
import { isJsonObject } from '../../core/json.ts';
import { plainLine, shortJson } from './plain-text.ts';

/** Longest detail of an error that is shown, in characters. */
const detailWidth = 120;

/** An error of a run or a step on one line: its code, what happened, and what else the service answered. */
export function errorText({ code, message, details }: ErrorView): string {
  const text = `${plainLine(code)}: ${plainLine(message)}`;
  if (details === undefined || details === null || isTold(details, message)) return text;
  return `${text} ${shortJson(details, detailWidth)}`;
}

/** A problem document (RFC 9457) that a service answered is told by its detail, which is a part of the message. */
function isTold(details: unknown, message: string): boolean {
  if (!isJsonObject(details)) return false;
  const { detail } = details;
  return typeof detail === 'string' && message.includes(detail);
}
