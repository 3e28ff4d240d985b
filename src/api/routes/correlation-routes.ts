import { z } from 'zod';

import { viewCorrelation } from '../../correlations/correlation.ts';
import { correlationSchema } from '../correlation-resource.ts';
import type { ApiDeps } from '../deps.ts';
import { findCorrelated } from '../find-correlated.ts';
import { businessKeySchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';

/** One business case as a whole, whoever took part in it. */
export function correlationRoutes(deps: ApiDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/correlations/{businessKey}',
      tag: 'Correlations',
      summary: 'One timeline and one graph across the events and the runs of a business key',
      description:
        'Events are those whose subject or correlationid is the key. While PostgreSQL or Temporal is away the other one’s part is ' +
        'told; `seen` says so. A key that nothing carries, or nothing yet, has empty lists.',
      params: z.strictObject({ businessKey: businessKeySchema }),
      answers: { 200: { description: 'What is known of it', schema: correlationSchema } },
      problems: ['temporal-unavailable', 'database-unavailable'],
      handle: async ({ params: { businessKey } }) => {
        const { seen, now, ...material } = await findCorrelated(deps, businessKey);
        const rules = deps.project.events.expectations;
        const { key, ...correlation } = viewCorrelation(businessKey, material, { rules, now });
        return { status: 200, body: { key, seen, ...correlation } };
      },
    }),
  ];
}
