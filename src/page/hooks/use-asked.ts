import { useCallback, useEffect, useState } from 'preact/hooks';

import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';

/** What `GET path` answered. What was known before stays until something newer comes. */
export interface Asked<T> {
  readonly value: T | null;
  readonly problem: ShownProblem | null;
  /** When the value came, in milliseconds since 1970. */
  readonly at: number | null;
  readonly refresh: () => void;
}

/**
 * Asks the API, and again after every change of the path.
 *
 * @param every milliseconds after which it is asked again while the page is seen; `null` = never
 */
export function useAsked<T>(path: string | null, every: number | null = null): Asked<T> {
  const [round, setRound] = useState(0);
  const [known, setKnown] = useState<Omit<Asked<T>, 'refresh'> & { readonly path: string | null }>(nothing);

  const refresh = useCallback(() => {
    setRound((count) => count + 1);
  }, []);

  useEffect(() => {
    if (path === null) return undefined;
    const left = new AbortController();
    const take = (value: T): void => {
      setKnown({ path, value, problem: null, at: Date.now() });
    };
    const fail = (error: unknown): void => {
      if (left.signal.aborted) return;
      setKnown((before) => ({
        ...(before.path === path ? before : nothing),
        path,
        problem: toProblem(error),
      }));
    };
    ask<T>('GET', path, { signal: left.signal }).then(take, fail);
    return () => {
      left.abort();
    };
  }, [path, round]);

  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, every);
    return () => {
      clearInterval(timer);
    };
  }, [every, refresh]);

  const { value, problem, at } = known.path === path ? known : nothing;
  return { value, problem, at, refresh };
}

const nothing = { path: null, value: null, problem: null, at: null } as const;
