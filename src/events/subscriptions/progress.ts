/**
 * How far a consumer has come whose events end in any order: everything up to its cursor is settled, so whoever goes on
 * from there misses nothing.
 */
export class Progress {
  /** Events under way or settled behind one that is under way, in the order of the log. */
  readonly #open: { readonly position: number; isSettled: boolean }[] = [];
  readonly #byPosition = new Map<number, { isSettled: boolean }>();
  /** The log is read up to here. */
  #read: number;

  constructor(cursor: number) {
    this.#read = cursor;
  }

  /** The highest position up to which all is settled. */
  get cursor(): number {
    const first = this.#open[0];
    return first === undefined ? this.#read : first.position - 1;
  }

  /** How many events are under way. */
  get underWay(): number {
    return this.#byPosition.size;
  }

  /** Positions are begun in the order of the log. */
  begin(position: number): void {
    const entry = { position, isSettled: false };
    this.#open.push(entry);
    this.#byPosition.set(position, entry);
  }

  settle(position: number): void {
    const entry = this.#byPosition.get(position);
    if (entry === undefined) return;
    entry.isSettled = true;
    this.#byPosition.delete(position);
    while (this.#open[0]?.isSettled === true) this.#open.shift();
  }

  /** Up to here there is nothing that was not begun. */
  readTo(position: number): void {
    this.#read = position;
  }
}
