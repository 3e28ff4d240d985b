/** Where a text stops being JSON. `offset` counts characters from 0, `line` and `column` from 1. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What the grammar allows at a place, by the words that a message uses. */
const expectations = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or "}"',
  colon: '":"',
  'comma or ]': '"," or "]"',
  'comma or }': '"," or "}"',
  end: 'nothing more',
  'rest of string': 'the rest of a string',
} as const;

type Expectation = keyof typeof expectations;

interface Place {
  readonly offset: number;
  readonly expected: Expectation;
}

const space = /[ \t\n\r]*/y;
const scalar = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Finds the first place where a text breaks the grammar of JSON (RFC 8259). JavaScript's own parser tells it for some
 * mistakes only, and in words that differ between its versions.
 *
 * @param text what `JSON.parse` refused
 */
export function findJsonFault(text: string): JsonFault {
  const { offset, expected } = walk(text);
  const before = text.slice(0, offset).split('\n');
  const found = offset < text.length ? JSON.stringify(text.charAt(offset)) : 'the end of the body';
  return {
    offset,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `Expected ${expectations[expected]}, found ${found}`,
  };
}

function walk(text: string): Place {
  const open: ('{' | '[')[] = [];
  let place: Place = { offset: 0, expected: 'value' };
  for (;;) {
    const offset = match(space, text, place.offset) ?? place.offset;
    const next = step(text, { offset, expected: place.expected }, open);
    if (next === null) return { offset, expected: place.expected };
    if (next.expected === 'rest of string') return next;
    place = next;
  }
}

/** One token on, or `null` where what comes is not allowed. */
function step(text: string, { offset, expected }: Place, open: ('{' | '[')[]): Place | null {
  const next = text[offset];
  const after = (): Expectation => {
    const container = open.at(-1);
    if (container === undefined) return 'end';
    return container === '{' ? 'comma or }' : 'comma or ]';
  };
  if (next === undefined) return null;
  if ((next === '}' || next === ']') && expected.endsWith(next)) {
    open.pop();
    return { offset: offset + 1, expected: after() };
  }
  switch (expected) {
    case 'value':
    case 'value or ]': {
      if (next === '{' || next === '[') {
        open.push(next);
        return { offset: offset + 1, expected: next === '{' ? 'name or }' : 'value or ]' };
      }
      if (next === '"') return endString(text, offset, after());
      const end = match(scalar, text, offset);
      return end === null ? null : { offset: end, expected: after() };
    }
    case 'name':
    case 'name or }':
      return next === '"' ? endString(text, offset, 'colon') : null;
    case 'colon':
      return next === ':' ? { offset: offset + 1, expected: 'value' } : null;
    case 'comma or ]':
      return next === ',' ? { offset: offset + 1, expected: 'value' } : null;
    case 'comma or }':
      return next === ',' ? { offset: offset + 1, expected: 'name' } : null;
    case 'end':
    case 'rest of string':
      return null;
  }
}

/** Behind a string, or at the character in it that may not be there. */
function endString(text: string, start: number, expected: Expectation): Place {
  let offset = start + 1;
  for (;;) {
    const next = text[offset];
    if (next === '"') return { offset: offset + 1, expected };
    if (next === undefined || next < ' ') return { offset, expected: 'rest of string' };
    if (next !== '\\') offset += 1;
    else {
      const end = match(escape, text, offset);
      if (end === null) return { offset, expected: 'rest of string' };
      offset = end;
    }
  }
}

function match(pattern: RegExp, text: string, offset: number): number | null {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : null;
}
