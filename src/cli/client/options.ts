/** What every command that asks the API takes. */
export interface ApiOptions {
  /** Address of the API. */
  readonly api: string;
  /** Print what the API answered, and nothing else. */
  readonly json: boolean;
  /** What a further command needs to reach the same API, with a space before; often nothing. */
  readonly tail: string;
}
