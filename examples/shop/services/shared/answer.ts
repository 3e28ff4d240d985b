/** What an operation answers when it went well. */
export interface Answer {
  readonly status: 200 | 201 | 202;
  readonly body: Readonly<Record<string, unknown>>;
}
