import type { Page } from 'playwright-core';

/** The names by which a screen reader tells the links and buttons of a view apart, in their order. */
export async function namesOn(page: Page): Promise<readonly string[]> {
  const tree = await page.getByRole('main').ariaSnapshot();
  return [...tree.matchAll(/^ *- '?(?:link|button) "(.+?)"/gm)].map(([, name = '']) => name);
}

/** Those names that more than one of them has. */
export function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
