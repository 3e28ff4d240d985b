import { Router } from 'express';

import type { Fault, Faults } from './faults.ts';
import { Problem } from './problem.ts';

/** @param operations those that faults can be asked for */
export function faultRoutes(faults: Faults, operations: readonly string[]): Router {
  const router = Router();
  router.get('/faults', (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.post('/faults', (request, response) => {
    const fault = request.body as Fault;
    if (!operations.includes(fault.operation)) {
      throw new Problem(400, 'invalid-request', {
        detail: 'There is no such operation',
        errors: [{ pointer: '/operation', message: `must be one of ${operations.join(', ')}` }],
      });
    }
    faults.add(fault);
    response.status(201).json(fault);
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  return router;
}
