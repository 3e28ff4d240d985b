import stringWidth from 'string-width';

/** Into what a reader takes for one character each, however many code points that has. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text of at most so many columns of a terminal; what is cut off is told by an ellipsis. */
export function cutAt(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let cut = '';
  let width = 0;
  for (const { segment } of characters.segment(text)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    cut += segment;
  }
  return columns < 1 ? '' : `${cut}…`;
}
