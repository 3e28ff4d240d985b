import type { Fault } from '../core/errors.ts';
import { isJsonObject } from '../core/json.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../core/retry-policy.ts';
import { type CatalogueFile, namePattern } from './catalogue-schema.ts';
import { show } from './check-shape.ts';
import { didYouMean } from './did-you-mean.ts';
import { expandVariables } from './expand-variables.ts';
import type { Path } from './json-pointer.ts';
import type { OpenapiDocument } from './openapi-document.ts';
import type { SourceFile } from './source-file.ts';

/** A service as its file has it, right or wrong. */
export interface WrittenService {
  readonly file: SourceFile;
  readonly at: Path;
  readonly service: Record<string, unknown>;
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly documents: ReadonlyMap<string, OpenapiDocument>;
}

/**
 * The faults of a service that its shape does not show. They are looked for in the file as written, whether its shape
 * is right or not: a person should get all of them at once.
 */
export function serviceFaults({ file, at, service }: WrittenService, around: Surroundings): Fault[] {
  const { url, openapi, operations } = service;
  const faults: Fault[] = [];
  if (!namePattern.test(String(at.at(-1)))) faults.push(nameFault(file, at));
  if (typeof url === 'string' && url !== '') {
    const problem = urlProblem(url, around.env);
    if (problem !== null) faults.push(file.fault([...at, 'url'], problem));
  }
  if (!isJsonObject(operations)) return faults;
  const document = typeof openapi === 'string' ? around.documents.get(openapi) : undefined;
  if (typeof openapi === 'string' && openapi !== '' && document === undefined) {
    faults.push(file.fault([...at, 'openapi'], `is ${show(openapi)}; there is no such file in the project`));
  }
  if (Object.keys(operations).length === 0) {
    faults.push(file.fault([...at, 'operations'], 'must have at least one operation'));
  }
  for (const [name, operation] of Object.entries(operations)) {
    const here = [...at, 'operations', name];
    if (!namePattern.test(name)) faults.push(nameFault(file, here));
    if (document === undefined) continue;
    const given = isJsonObject(operation) ? operation['operationId'] : undefined;
    const id = typeof given === 'string' ? given : name;
    if (document.endpoints.has(id)) continue;
    const known = [...document.endpoints.keys()].sort();
    faults.push(file.fault(here, `is no operationId of ${String(openapi)}: "${id}"${didYouMean(id, known)}`));
  }
  return faults;
}

function nameFault(file: SourceFile, at: Path): Fault {
  return file.fault(at, 'must be named with letters, digits and -, a lower-case letter first');
}

function urlProblem(url: string, env: Surroundings['env']): string | null {
  const expanded = expandVariables(url, env);
  if ('problem' in expanded) return expanded.problem;
  const { text } = expanded;
  const wanted = `must be a URL such as http://127.0.0.1:4102, not ${show(text)}`;
  if (!URL.canParse(text)) return wanted;
  const parsed = new URL(text);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return wanted;
  if (parsed.username !== '' || parsed.password !== '') {
    return 'must have no user or password in it; name the secret in "auth"';
  }
  if (parsed.search !== '' || parsed.hash !== '') return `must end before the query, not ${show(text)}`;
  return null;
}

/**
 * Temporal refuses a policy whose first interval is longer than its longest. Said once, at the level that brings it
 * about.
 */
export function retryFaults(file: SourceFile, { defaults, services }: CatalogueFile): Fault[] {
  const root = { ...defaultRetryPolicy, ...defaults?.retry };
  if (!isConsistent(root)) return [retryFault(file, ['defaults', 'retry'], root)];
  return Object.entries(services).flatMap(([name, service]) => {
    const ofService = { ...root, ...service.retry };
    const at = ['services', name];
    if (!isConsistent(ofService)) return [retryFault(file, [...at, 'retry'], ofService)];
    return Object.entries(service.operations).flatMap(([operation, { retry }]) => {
      const own = { ...ofService, ...retry };
      return isConsistent(own) ? [] : [retryFault(file, [...at, 'operations', operation, 'retry'], own)];
    });
  });
}

function isConsistent({ initialInterval, maximumInterval }: RetryPolicy): boolean {
  return initialInterval <= maximumInterval;
}

function retryFault(file: SourceFile, at: Path, policy: RetryPolicy): Fault {
  const { initialInterval, maximumInterval } = policy;
  return file.fault(
    at,
    `has an initialInterval (${initialInterval} ms) longer than its maximumInterval (${maximumInterval} ms)`,
  );
}
