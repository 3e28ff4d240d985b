/** An event of the log as a read model sees it: a CloudEvent whose data is of a known type. */
export interface ReadModelEvent<Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  /** RFC 3339, by the producer's clock. */
  readonly time?: string;
  readonly datacontenttype?: string;
  readonly dataschema?: string;
  readonly data: Data;
  readonly data_base64?: string;
  /** Extension attributes. */
  readonly [extension: string]: unknown;
}

/** Where an event stands in the log. It is the same whenever the model is built. */
export interface EventPlace {
  readonly position: number;
  /** When the log took the event: ISO 8601, UTC. */
  readonly recordedAt: string;
}

/**
 * Says what becomes of a row by an event. It is pure and synchronous: the same row and event give the same row, for it runs
 * again whenever the model is built anew. What it throws stops the model until the code is mended.
 *
 * @param row `null` where there is none yet; it may be changed or kept
 * @returns the row, a JSON object; `null` = there is none any more
 */
export type Reducer<Row, Data = unknown> = (
  row: Row | null,
  event: ReadModelEvent<Data>,
  place: EventPlace,
) => Row | null;

/** A table that is computed from the log: one row for each key. */
export interface ReadModel<Row extends object, Events extends object = Record<string, unknown>> {
  readonly title: string;
  /** A whole number from 1. Raise it when `key` or `on` changes its meaning: the model is built anew then. */
  readonly version: number;
  /** Which row an event is about, in 1 to 1,024 bytes; `null` = none, and the event is passed over. */
  readonly key: (event: ReadModelEvent<Events[keyof Events]>) => string | null;
  /** A reducer for each type of events that the model is made of; other events are passed over. */
  readonly on: { readonly [Type in keyof Events & string]?: Reducer<Row, Events[Type]> };
  /** Top-level members of the row that readers may ask by. Another list has the model built anew. */
  readonly indexes?: readonly (keyof Row & string)[];
}

/**
 * Declares a read model; it goes into `read-models/{name}.ts` of a project, exported under the file's name in camel case.
 *
 * @example
 * export const orders = defineReadModel<Order, { 'order.placed': Placed; 'order.shipped': unknown }>({
 *   title: 'Orders',
 *   version: 1,
 *   key: (event) => event.subject ?? null,
 *   on: {
 *     'order.placed': (_row, { data }) => ({ ...data, status: 'placed' }),
 *     'order.shipped': (row) => row && { ...row, status: 'shipped' },
 *   },
 *   indexes: ['status'],
 * });
 */
export function defineReadModel<Row extends object, Events extends object = Record<string, unknown>>(
  model: ReadModel<Row, Events>,
): ReadModel<Row, Events> {
  return model;
}
