export const declaredStepKinds = ['call', 'emit', 'listen', 'timer', 'decision'] as const;

/** One step of the declared graph of a process: what a reader should expect, drawn before any run exists. */
export interface DeclaredStep {
  readonly name: string;
  readonly kind: (typeof declaredStepKinds)[number];
  /** `service.operation` of a call. */
  readonly operation: string | null;
  /** Names of the steps that come right before. */
  readonly after: readonly string[];
  /** `service.operation` that takes the step back. */
  readonly undo: string | null;
  /** Runs once for each element of something, in parallel. */
  readonly each: boolean;
}
