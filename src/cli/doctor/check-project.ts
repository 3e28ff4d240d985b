import { checkGenerated } from '../../project/generated-file.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { undeclaredTypes } from '../../project/undeclared-types.ts';
import { type Check, failFaults, ok, warn } from './check.ts';
import type { Environment } from './surroundings.ts';

const name = 'Project';

/** Reads catalogue and manifests. @returns the project too, for what depends on it; `null` = it is not valid */
export async function checkProject(
  dir: string,
  env: Environment,
): Promise<{ readonly checks: readonly Check[]; readonly project: Project | null }> {
  try {
    const project = await loadProject(dir, env);
    const { catalogue, processes } = project;
    const found = `${count(Object.keys(processes), 'process', 'processes')}, ${count(Object.keys(catalogue), 'service', 'services')}`;
    const checks = [ok(name, `${project.dir}: ${found}`), await checkTypes(project), ...checkEvents(project)];
    return { checks, project };
  } catch (error) {
    const wayOut =
      'docs/reference/services-yaml.md and manifest.md tell what may stand there; --project names the folder';
    return { checks: failFaults(name, error, wayOut), project: null };
  }
}

async function checkTypes(project: Project): Promise<Check> {
  const difference = await checkGenerated(project);
  if (difference === null) return ok('Types', 'what `baton generate` wrote is up to date');
  return warn('Types', difference.replace(/; run .*/, ''), `baton generate --project ${project.dir}`);
}

/** Events of types that are not declared may come, so nothing stands in the way. */
function checkEvents({ events }: Project): readonly Check[] {
  const wayOut =
    'mend the name in events.yaml, or declare the type there; leave it where such events come all the same';
  return undeclaredTypes(events).map((message) => warn('Events', message, wayOut));
}

function count(names: readonly string[], one: string, many: string): string {
  return `${names.length} ${names.length === 1 ? one : many}`;
}
