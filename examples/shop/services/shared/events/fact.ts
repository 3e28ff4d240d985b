/** Something that happened at a service and that others may want to know: an event, but for its wrapping. */
export interface Fact {
  /** As in events.yaml: `stock.reserved`. */
  readonly type: string;
  readonly orderId: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Extension attributes, by which others choose what they hear. */
  readonly attributes?: Readonly<Record<string, string>>;
}
