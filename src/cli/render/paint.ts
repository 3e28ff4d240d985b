import pc from 'picocolors';

/** Colours text for a terminal, or leaves it as it is. */
export type Paint = ReturnType<typeof pc.createColors>;

export function createPaint(inColour: boolean): Paint {
  return pc.createColors(inColour);
}

/**
 * Colours belong on a terminal only. NO_COLOR (https://no-color.org) turns them off, FORCE_COLOR
 * (https://force-color.org) on; neither counts when it is empty.
 */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
