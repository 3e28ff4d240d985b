import { describe, expect, it } from 'vitest';

import { type RunFilter, toRunQuery } from '../../src/api/run-query.ts';

describe('toRunQuery', () => {
  it.each<[Omit<RunFilter, 'taskQueue'>, string]>([
    [{}, "ExecutionStatus != 'ContinuedAsNew'"],
    [{ process: 'parcel' }, "WorkflowType = 'parcel' AND ExecutionStatus != 'ContinuedAsNew'"],
    [{ status: 'running' }, "ExecutionStatus = 'Running' AND BatonStatus IS NULL"],
    [{ status: 'stuck' }, "ExecutionStatus = 'Running' AND BatonStatus = 'stuck'"],
    [
      { status: ['stuck', 'failed'] },
      "((ExecutionStatus = 'Running' AND BatonStatus = 'stuck') OR (ExecutionStatus = 'Failed'))",
    ],
    [{ status: 'cancelled' }, "ExecutionStatus = 'Canceled'"],
    [
      { status: 'completed', businessKey: '4711', startedAfter: '2026-01-31T13:00:00+01:00' },
      "ExecutionStatus = 'Completed' AND BatonBusinessKey = '4711' AND (BatonStartedAt > '2026-01-31T12:00:00.000Z' " +
        "OR (BatonStartedAt IS NULL AND StartTime > '2026-01-31T12:00:00.000Z'))",
    ],
    [
      { status: 'failed', process: "x' OR ExecutionStatus = 'Running" },
      "WorkflowType = 'x\\' OR ExecutionStatus = \\'Running' AND ExecutionStatus = 'Failed'",
    ],
    [
      { status: 'failed', process: "\\' OR 1=1" },
      "WorkflowType = '\\\\\\' OR 1=1' AND ExecutionStatus = 'Failed'",
    ],
  ])('writes %j', (filter, query) => {
    expect(toRunQuery({ taskQueue: 'baton', ...filter })).toBe(`TaskQueue = 'baton' AND ${query}`);
  });
});
