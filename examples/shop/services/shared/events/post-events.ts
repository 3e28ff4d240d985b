/** What came of handing events to the log. */
export type PostOutcome =
  | { readonly kind: 'taken' }
  /** The log would refuse them tomorrow as well. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'away'; readonly reason: string };

/** Of one request, in milliseconds. */
const timeout = 10_000;

/** Answers that are about the events; all others are about the API, which may be another one in a moment. */
const aboutEvents = new Set([400, 413, 422]);

/** Hands events to the log in one request (CloudEvents 1.0.2, HTTP binding, section 3.3). All are taken, or none. */
export async function postEvents(
  api: string,
  events: readonly unknown[],
  signal: AbortSignal,
): Promise<PostOutcome> {
  try {
    const response = await fetch(`${api}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    return judge(response.status, (await response.text()).slice(0, 1_000));
  } catch (error) {
    return { kind: 'away', reason: reasonOf(error) };
  }
}

/** @param text the beginning of the body */
export function judge(status: number, text: string): PostOutcome {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  return { kind: aboutEvents.has(status) ? 'refused' : 'away', reason: `it answered ${status} ${text}` };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
