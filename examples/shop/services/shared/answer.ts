import type { Fact } from './events/fact.ts';

/** What an operation answers when it went well. */
export interface Answer {
  readonly status: 200 | 201 | 202;
  readonly body: Readonly<Record<string, unknown>>;
  /** What has happened by it, for others to know; left out where nothing has. */
  readonly fact?: Fact;
}
