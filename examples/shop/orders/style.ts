import { workflowInfo } from '@temporalio/workflow';

/** How an order is handled: by one process, by events alone, or by processes that events start. */
export type Style = 'orchestration' | 'choreography' | 'hybrid';

/**
 * Headers for the calls of a process (W3C Baggage), so that the events by which services tell what they did say how the order
 * is handled, which event led to it, and which run had them do it.
 */
export function baggageOf(style: Style, causationId?: string): { readonly baggage: string } {
  const cause = causationId === undefined ? '' : `,causationid=${encodeURIComponent(causationId)}`;
  return { baggage: `style=${style}${cause},runid=${encodeURIComponent(workflowInfo().workflowId)}` };
}
