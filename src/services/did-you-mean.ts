/**
 * The end of a message about a name that is not known: the known one that was probably meant, else all of them.
 *
 * @example `"emial" is not a known field${didYouMean('emial', ['name', 'email'])}`
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== null) return `; did you mean ${meant}?`;
  return known.length === 0 ? '; there are none' : `; there are: ${known.join(', ')}`;
}

/** @returns the known name that is not further away than four of ten letters; `null` when none is */
export function nearest(name: string, known: readonly string[]): string | null {
  const limit = name.length <= 3 ? 1 : Math.ceil(name.length * 0.4);
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

/** Optimal string alignment distance: letters put in, left out, changed, or two neighbours swapped. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
