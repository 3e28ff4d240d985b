import { eventRetryPolicy } from '../core/run-events.ts';
import type { CallSettings } from './call-settings.ts';

/** The log is beside the worker: what is done with it goes as a local activity first. */
export const eventSettings: CallSettings = { timeout: 30_000, retry: eventRetryPolicy, quick: true };
