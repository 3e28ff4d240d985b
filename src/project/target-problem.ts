import type { Target } from '../events/subscriptions/subscription.ts';
import { didYouMean } from '../services/did-you-mean.ts';
import type { Project } from './project.ts';

/**
 * What a subscription's target names must be in the project.
 *
 * @returns where, below the target, and what is wrong; `null` where nothing is
 */
export function targetProblem(
  target: Target,
  { catalogue, processes }: Pick<Project, 'catalogue' | 'processes'>,
): { readonly path: readonly string[]; readonly message: string } | null {
  if (target.kind === 'service') {
    return unknown('service', target.service, Object.keys(catalogue));
  }
  return target.kind === 'process' ? unknown('process', target.process, Object.keys(processes)) : null;
}

function unknown(
  kind: 'service' | 'process',
  name: string,
  known: readonly string[],
): { readonly path: readonly string[]; readonly message: string } | null {
  if (known.includes(name)) return null;
  return { path: [kind, 'name'], message: `is no ${kind} of the project${didYouMean(name, known)}` };
}
