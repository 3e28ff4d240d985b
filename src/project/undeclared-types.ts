import { nearest } from '../services/did-you-mean.ts';
import type { ProjectEvents } from './project.ts';

/**
 * Looks for types of events that subscriptions and expectations of a project name and its `types` do not. Such events may be
 * appended, so it is no fault; more often it is a slip of the pen, and nothing would ever come.
 *
 * @returns a sentence for each place; none where the project declares no types at all
 */
export function undeclaredTypes({ types, subscriptions, expectations }: ProjectEvents): readonly string[] {
  const declared = Object.keys(types);
  if (declared.length === 0) return [];
  const named = [
    ...Object.entries(subscriptions).flatMap(([name, { subscription }]) =>
      (subscription.filter.types ?? []).map((type) => ({ at: `subscriptions.${name}.filter.types`, type })),
    ),
    ...expectations.flatMap(({ name, after, expect }) => [
      { at: `expectations.${name}.after`, type: after },
      ...expect.map((type) => ({ at: `expectations.${name}.expect`, type })),
    ]),
  ];
  return named
    .filter(({ type }) => !Object.hasOwn(types, type))
    .map(({ at, type }) => {
      const meant = nearest(type, declared);
      const question = meant === null ? '' : `; did you mean ${meant}?`;
      return `${at} names ${type}, which is not declared${question}`;
    });
}
