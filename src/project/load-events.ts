import { join } from 'node:path';

import type { Checked } from '../services/check-shape.ts';
import { parseEvents } from './parse-events.ts';
import type { ProjectEvents } from './project.ts';
import { readTextIfThere } from './read-text.ts';
import type { KnownTargets } from './target-problem.ts';

const none: ProjectEvents = { types: {}, subscriptions: {}, expectations: [] };

/**
 * Reads what a project says of events.
 *
 * @returns no types where the project has no `events.yaml`
 */
export async function loadEvents(root: string, known: KnownTargets): Promise<Checked<ProjectEvents>> {
  const text = await readTextIfThere(join(root, 'events.yaml'));
  if (text !== null) return parseEvents(text, known);
  // One that is named otherwise would be passed over without a word.
  for (const name of ['events.yml', 'events.json']) {
    if ((await readTextIfThere(join(root, name))) !== null) {
      return { value: null, faults: [{ pointer: '', message: `${name} must be named events.yaml` }] };
    }
  }
  return { value: none, faults: [] };
}
