/** The way to a value in a document: keys of objects and indices of arrays. */
export type Path = readonly (string | number)[];

/** @returns the JSON pointer of RFC 6901; the empty string is the whole document */
export function toPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Reads a JSON pointer of RFC 6901; a pointer that does not begin with a slash is the whole document. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
