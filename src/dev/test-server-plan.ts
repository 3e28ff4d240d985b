/** What a machine has that could become the time-skipping test server; paths are absolute, `null` = not there. */
export interface TestServerFacts {
  readonly cached: string | null;
  readonly java: string | null;
  readonly mvn: string | null;
}

/** A way to get it; the first that works is taken. */
export type TestServerSource =
  | { readonly kind: 'use'; readonly path: string }
  | { readonly kind: 'download' }
  | { readonly kind: 'maven'; readonly java: string; readonly mvn: string };

export interface TestServerPlan {
  readonly sources: readonly TestServerSource[];
  /** What is not there and would help. */
  readonly remarks: readonly string[];
}

/** Decides where the time-skipping test server comes from. */
export function planTestServer({ cached, java, mvn }: TestServerFacts): TestServerPlan {
  if (cached !== null) return { sources: [{ kind: 'use', path: cached }], remarks: [] };
  if (java !== null && mvn !== null) {
    return { sources: [{ kind: 'download' }, { kind: 'maven', java, mvn }], remarks: [] };
  }
  const remarks = [
    ...(java === null ? ['no java on the PATH to run it with'] : []),
    ...(mvn === null ? ['no mvn (Maven) on the PATH to fetch it with'] : []),
  ];
  return { sources: [{ kind: 'download' }], remarks };
}
