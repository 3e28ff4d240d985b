import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { Decision } from '../../core/decision.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { FaultSummary } from '../form/fault-summary.tsx';
import { type FormValue, writeJson } from '../form/json-text.ts';
import { emptyValue } from '../form/schema-field.ts';
import { SchemaField } from '../form/schema-field-view.tsx';
import { useRequestKey } from '../hooks/use-request-key.ts';

interface DecisionPanelProps {
  readonly runId: string;
  readonly decision: Decision;
  /** Until when, in words. */
  readonly note: string;
  /** What became of a decision that was sent in vain; the panel may be gone by then, for someone else has decided. */
  readonly onRefused: (problem: ShownProblem | null) => void;
}

/** A form for a decision that a run waits for, made of its schema. */
export function DecisionPanel({ runId, decision, note, onRefused }: DecisionPanelProps): JSX.Element {
  const { name, title, schema } = decision;
  const [value, setValue] = useState<FormValue>(() => emptyValue(schema, schema));
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { keyFor } = useRequestKey();

  const send = async (): Promise<void> => {
    const body = writeJson(value);
    setBusy(true);
    try {
      await ask('POST', `/v1/runs/${encodeURIComponent(runId)}/signals/${encodeURIComponent(name)}`, {
        body,
        idempotencyKey: keyFor(body),
      });
      setProblem(null);
      onRefused(null);
    } catch (error) {
      const refused = toProblem(error);
      setProblem(refused);
      onRefused(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section class="panel panel--waiting" aria-label={`Decision: ${title}`}>
      <h2>{title}</h2>
      <p class="quiet">
        <code>{name}</code> {note}
      </p>
      {problem !== null && <FaultSummary problem={problem} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <SchemaField
          label=""
          schema={schema}
          root={schema}
          pointer=""
          isRequired
          value={value}
          errors={problem?.errors ?? []}
          onChange={setValue}
        />
        <button type="submit" class="primary" aria-label={`Send the decision: ${title}`} disabled={isBusy}>
          Send the decision
        </button>
      </form>
    </section>
  );
}
