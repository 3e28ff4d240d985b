import { BatonError } from '../../core/errors.ts';
import { checkGenerated, writeGenerated } from '../../project/generated-file.ts';
import { loadProject } from '../../project/load-project.ts';

/** `baton generate`: writes the types of a project's operations and inputs, or checks that they are up to date. */
export async function generateCommand({
  project: dir,
  check,
}: {
  project: string;
  check: boolean;
}): Promise<void> {
  const project = await loadProject(dir, process.env);
  if (!check) {
    console.log(`wrote ${await writeGenerated(project)}`);
    return;
  }
  const difference = await checkGenerated(project);
  if (difference !== null) throw new BatonError('invalid-request', difference);
}
