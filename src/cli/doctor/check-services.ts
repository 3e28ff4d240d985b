import { localServices } from '../../dev/local-service.ts';
import type { Service } from '../../services/catalogue.ts';
import { missingSecrets } from '../../services/missing-secrets.ts';
import { type Check, fail, ok, warn } from './check.ts';
import { patience, type ProjectSurroundings } from './surroundings.ts';

/** Whether each service of the catalogue answers, at `/health` where it has that. */
export async function checkServices({
  project,
}: Pick<ProjectSurroundings, 'project'>): Promise<readonly Check[]> {
  const local = new Set(localServices(project.catalogue).map(({ name }) => name));
  return Promise.all(
    Object.values(project.catalogue).map((service) => checkService(service, local.has(service.name))),
  );
}

async function checkService({ name, url }: Service, isLocal: boolean): Promise<Check> {
  const title = `Service ${name}`;
  const fault = await healthFault(url);
  if (fault === null) return ok(title, `${url} answers`);
  const message = `${url}: ${fault}`;
  return isLocal
    ? warn(title, message, 'baton dev starts it')
    : fail(title, message, 'start it, or mend its url in services.yaml (or the variable in it)');
}

/** A service without that path answers 404, and is there all the same. */
async function healthFault(url: string): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(patience);
    const response = await fetch(`${url}/health`, { signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500 ? null : `its health is bad (HTTP ${response.status})`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? 'it does not answer in time'
      : 'it does not answer';
  }
}

/** Whether each secret that the calls need is set; not whether it is right. */
export function checkSecrets({
  env,
  project,
}: Pick<ProjectSurroundings, 'env' | 'project'>): readonly Check[] {
  const { catalogue } = project;
  const local = new Set(localServices(catalogue).map(({ name }) => name));
  const missing = new Set(missingSecrets(catalogue, env).map(({ service }) => service));
  return Object.values(catalogue).flatMap(({ name, auth }) => {
    if (auth === null) return [];
    const title = `Secret ${auth.secret}`;
    if (!missing.has(name)) return [ok(title, `set, for ${name}`)];
    const message = `not set, and needed to call ${name}`;
    return local.has(name)
      ? [warn(title, message, 'baton dev makes one up; for baton serve and worker set it')]
      : [fail(title, message, 'set it for baton serve and worker')];
  });
}
