import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';

import { callDuration, callQueue } from '../../src/activities/call-metrics.ts';
import { createApp } from '../../src/api/app.ts';
import { openDatabase } from '../../src/events/database.ts';
import { createDelivererMetrics } from '../../src/events/deliverer-metrics.ts';
import { sampleDeps } from '../api/sample.ts';
import { codeOf, readDocument, tableRows } from './markdown.ts';

const rows = tableRows(await readDocument('docs/reference/metrics.md'), 'metric').map((row) => ({
  name: codeOf(row['metric']) ?? '',
  kind: row['kind'],
  labels: [...(row['labels'] ?? '').matchAll(/`(\w+)`/g)].map(([, label]) => label),
}));
const own = rows.filter(({ name }) => name.startsWith('baton_'));
const ofWorker = [callDuration, callQueue].map((name) => `${name}_seconds`);

// One for both, as in `baton dev`: no two may have the same name.
const registry = new Registry();
const deps = sampleDeps({ registry });
createApp(deps);
// Nothing is asked of it: the metrics are made, not scraped.
const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', log: deps.log });
createDelivererMetrics(registry, { database, log: deps.log });

interface Metric {
  readonly type: string;
  readonly labelNames: readonly string[];
}

describe('the reference of the metrics', () => {
  it("has every metric of Baton's own, and none that there is not", () => {
    const registered = registry.getMetricsAsArray().map(({ name }) => name);
    expect(own.map(({ name }) => name).toSorted()).toEqual([...registered, ...ofWorker].toSorted());
  });

  it.each(own.filter(({ name }) => !ofWorker.includes(name)))(
    'tells the kind and the labels of $name',
    ({ name, kind, labels }) => {
      // The types of the library leave the labels out.
      const metric = registry.getSingleMetric(name) as unknown as Metric | undefined;
      expect({ kind, labels }).toEqual({ kind: metric?.type, labels: metric?.labelNames });
    },
  );
});
