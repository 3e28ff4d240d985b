import { type CorrelationEdge, toEdges } from './edges.ts';
import type { ExpectationRule } from './expectation-rule.ts';
import { checkExpectations, type Expectation } from './expectations.ts';
import type { CorrelatedDelivery, Material } from './material.ts';
import { type CorrelationNode, toNodes } from './nodes.ts';
import { type TimelineEntry, toTimeline } from './timeline.ts';

/** One business case, whoever took part in it: services that react to events, runs, or both. */
export interface Correlation {
  readonly key: string;
  readonly timeline: readonly TimelineEntry[];
  readonly nodes: readonly CorrelationNode[];
  readonly edges: readonly CorrelationEdge[];
  readonly expectations: readonly Expectation[];
  /** Events that a subscription could not deliver yet, in the order of the log: why a reaction may be missing. */
  readonly deliveries: readonly CorrelatedDelivery[];
}

/**
 * Puts events and runs of one business key together.
 *
 * @param context rules of the project; `now`, in milliseconds since 1970, by the clock of the log
 */
export function viewCorrelation(
  key: string,
  material: Material,
  { rules, now }: { readonly rules: readonly ExpectationRule[]; readonly now: number },
): Correlation {
  const expectations = checkExpectations(material.events, rules, now);
  return {
    key,
    timeline: toTimeline(material),
    nodes: toNodes(material, expectations),
    edges: toEdges(material),
    expectations,
    deliveries: material.deliveries,
  };
}
