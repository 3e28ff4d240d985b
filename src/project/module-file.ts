import { readTextIfThere } from './read-text.ts';

const endings = ['.ts', '.js'];

/** Whether the file is a module in TypeScript or JavaScript, no declarations. */
export function isModule(file: string): boolean {
  return endings.some((ending) => file.endsWith(ending)) && !file.endsWith('.d.ts');
}

/** `orders.ts` → `orders` */
export function moduleName(file: string): string {
  return file.replace(/\.[tj]s$/, '');
}

/** @param stem the path without its ending */
export async function findModule(
  stem: string,
): Promise<{ path: string; ending: string; text: string } | null> {
  for (const ending of endings) {
    const text = await readTextIfThere(stem + ending);
    if (text !== null) return { path: stem + ending, ending, text };
  }
  return null;
}
