import stringWidth from 'string-width';

/** A cell of a table: its text, and what colours it. */
export interface Cell {
  readonly text: string;
  readonly style?: ((text: string) => string) | undefined;
}

const gap = '  ';

export function cell(text: string, style?: (text: string) => string): Cell {
  return { text, style };
}

/**
 * Sets rows in columns as wide as their widest cell. Colours do not count, and what would be blank at a line's end is
 * left out.
 */
export function alignColumns(rows: readonly (readonly Cell[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, { text }] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(text));
    }
  }
  return rows.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '');
    return row
      .slice(0, last + 1)
      .map(({ text, style = (same) => same }, column) => {
        const blank = column === last ? 0 : (widths[column] ?? 0) - stringWidth(text);
        return style(text) + ' '.repeat(blank);
      })
      .join(gap);
  });
}

/** A table with a line of names above it. Columns in which no row has anything are left out. */
export function tableText(
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  styleOfNames: (text: string) => string,
): string {
  const used = names.map((_, column) => rows.some((row) => (row[column]?.text ?? '') !== ''));
  const head = names.map((name) => cell(name, styleOfNames));
  return alignColumns([head, ...rows].map((row) => row.filter((_, column) => used[column]))).join('\n');
}
