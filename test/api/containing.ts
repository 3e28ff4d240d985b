import { expect } from 'vitest';

/** Matches a text with these words in it; vitest's own matchers are of type `any`. */
export function containing(words: string): unknown {
  return expect.stringContaining(words);
}
