import { BatonError } from '../../core/errors.ts';
import { isDuration, toMilliseconds } from '../../core/duration.ts';
import type { RunList } from '../../core/run-list.ts';
import { type ApiClient, createApiClient } from '../client/api-client.ts';
import type { ApiOptions } from '../client/options.ts';
import { runListText } from '../render/run-list-text.ts';
import { openTerminal } from '../terminal.ts';

export interface ListOptions extends ApiOptions {
  readonly process?: string;
  readonly status?: string;
  readonly businessKey?: string;
  readonly startedAfter?: string;
  readonly limit: string;
}

/** The most that the API puts on one page. */
const largestPage = 100;

/** `baton list`: runs, those that are open first, each part newest first. */
export async function listCommand(options: ListOptions): Promise<void> {
  const terminal = openTerminal();
  const now = Date.now();
  const { process, status, businessKey } = options;
  const filter = { process, status, businessKey, startedAfter: startedAfter(options, now) };
  const { list, text } = await readRuns(createApiClient(options.api), filter, limitOf(options));
  if (options.json) terminal.print(text);
  else terminal.print(runListText(list, { paint: terminal.paint, now, isFiltered: isAnySet(filter) }));
}

/** Reads as many pages as the limit needs. What one page answered is given as it came. */
async function readRuns(
  api: ApiClient,
  filter: Readonly<Record<string, string | undefined>>,
  limit: number,
): Promise<{ readonly list: RunList; readonly text: string }> {
  const page = async (size: number, pageToken?: string): ReturnType<typeof api.ask<RunList>> =>
    api.ask<RunList>('GET', '/v1/runs', {
      query: { ...filter, pageSize: String(Math.min(size, largestPage)), pageToken },
    });
  const { body: first, text } = await page(limit);
  if (first.nextPageToken === null || first.runs.length >= limit) return { list: first, text };

  const runs = [...first.runs];
  let token: string | null = first.nextPageToken;
  while (token !== null && runs.length < limit) {
    const { body } = await page(limit - runs.length, token);
    runs.push(...body.runs);
    token = body.nextPageToken;
  }
  const list = { runs, nextPageToken: token };
  return { list, text: JSON.stringify(list) };
}

function limitOf({ limit }: ListOptions): number {
  if (/^[1-9]\d{0,5}$/.test(limit)) return Number(limit);
  throw new BatonError('invalid-request', `--limit must be a number from 1 to 999999, not "${limit}"`);
}

/** A length of time is so long ago; anything else is for the API to judge. */
function startedAfter({ startedAfter: given }: ListOptions, now: number): string | undefined {
  if (given === undefined || !/[a-z]$/.test(given) || !isDuration(given)) return given;
  return new Date(now - toMilliseconds(given)).toISOString();
}

function isAnySet(filter: object): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
