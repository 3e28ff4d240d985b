import type { CatalogueCallOptions } from '../services/call-options.ts';

/** What the catalogue says of an operation, as far as a workflow needs it. Times in milliseconds. */
export type CallSettings = CatalogueCallOptions;

let settingsByOperation: Readonly<Record<string, CallSettings>> = {};

/**
 * Freezes the catalogue into the bundle; called once by the generated entry. A run must see the same settings at every
 * replay: `quick` decides which command a call becomes.
 *
 * @public used by the entry that src/workers/process-bundle.ts writes
 */
export function useCallSettings(settings: Readonly<Record<string, CallSettings>>): void {
  settingsByOperation = settings;
}

/** @returns the settings of `service.operation`; `undefined` where the catalogue has no such operation */
export function callSettings(operation: string): CallSettings | undefined {
  return Object.hasOwn(settingsByOperation, operation) ? settingsByOperation[operation] : undefined;
}

export function knownOperations(): readonly string[] {
  return Object.keys(settingsByOperation).sort();
}
