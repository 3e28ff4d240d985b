import type { DeclaredStep } from '../../core/declared-step.ts';

/** A step of a graph in its place: the branches that it opens, and where these have come together again, what follows. */
export interface GraphNode extends Followers {
  readonly step: DeclaredStep;
}

interface Followers {
  readonly branches: readonly GraphNode[];
  readonly next: readonly GraphNode[];
}

/**
 * Writes a graph as a tree: a step stands below the last step that every way to it passes (its dominator). One that
 * follows alone, or in which several ways meet, is `next`; the others are branches.
 *
 * @param graph without cycles
 * @returns what begins it
 */
export function orderGraph(graph: readonly DeclaredStep[]): Followers {
  const hosts = findHosts(graph, new Set(graph.map(({ name }) => name)));
  const followersOf = (host: string | null): Followers => {
    const followers = graph.filter(({ name }) => hosts.get(name) === host);
    const toNode = (step: DeclaredStep): GraphNode => ({ step, ...followersOf(step.name) });
    const isNext = ({ after }: DeclaredStep): boolean => followers.length === 1 || after.length > 1;
    return {
      branches: followers.filter((step) => !isNext(step)).map(toNode),
      next: followers.filter(isNext).map(toNode),
    };
  };
  return followersOf(null);
}

/** The dominator of each step; `null` = it stands at the beginning, or its ways share no step. */
function findHosts(
  graph: readonly DeclaredStep[],
  names: ReadonlySet<string>,
): ReadonlyMap<string, string | null> {
  const hosts = new Map<string, string | null>();
  for (let open = graph; open.length > 0;) {
    const ready = open.filter(({ after }) => after.every((name) => hosts.has(name) || !names.has(name)));
    // A cycle has no first step: what is left is put at the beginning, so that nothing is lost.
    for (const { name, after } of ready.length === 0 ? open : ready) {
      const known = after.filter((before) => hosts.has(before));
      hosts.set(name, known.length < after.length && ready.length === 0 ? null : sharedHost(known, hosts));
    }
    open = open.filter(({ name }) => !hosts.has(name));
  }
  return hosts;
}

function sharedHost(steps: readonly string[], hosts: ReadonlyMap<string, string | null>): string | null {
  const [first, ...others] = steps.map((step) => lineage(step, hosts));
  return first?.find((name) => others.every((line) => line.includes(name))) ?? null;
}

/** A step and all those that it stands below, the nearest first. */
function lineage(step: string, hosts: ReadonlyMap<string, string | null>): readonly string[] {
  const line: string[] = [];
  for (let at: string | null | undefined = step; at !== null && at !== undefined; at = hosts.get(at)) {
    line.push(at);
  }
  return line;
}
