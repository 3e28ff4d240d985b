/**
 * How many consumers one deliverer should hold, so that all are held and none has more than one above the others.
 *
 * @param counts of the consumers that may run, and of the deliverers that are alive, this one included
 */
export function fairShare({
  consumers,
  deliverers,
}: {
  readonly consumers: number;
  readonly deliverers: number;
}): number {
  return Math.ceil(consumers / Math.max(1, deliverers));
}
