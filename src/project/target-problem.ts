import type { Target } from '../events/subscriptions/subscription.ts';
import { didYouMean } from '../services/did-you-mean.ts';

/** What a target may name. */
export interface KnownTargets {
  /** `null` = not known: the catalogue has faults of its own. */
  readonly services: readonly string[] | null;
  readonly processes: readonly string[];
}

/**
 * What a subscription's target names must be in the project.
 *
 * @returns where, below the target, and what is wrong; `null` where nothing is
 */
export function targetProblem(
  target: Target,
  { services, processes }: KnownTargets,
): { readonly path: readonly string[]; readonly message: string } | null {
  if (target.kind === 'service') {
    return services === null ? null : unknown('service', target.service, services);
  }
  return target.kind === 'process' ? unknown('process', target.process, processes) : null;
}

function unknown(
  kind: 'service' | 'process',
  name: string,
  known: readonly string[],
): { readonly path: readonly string[]; readonly message: string } | null {
  if (known.includes(name)) return null;
  return { path: [kind, 'name'], message: `is no ${kind} of the project${didYouMean(name, known)}` };
}
