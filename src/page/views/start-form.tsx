import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { Json } from '../../core/json.ts';
import type { ProcessResource } from '../../core/process-resource.ts';
import type { RunResource } from '../../core/run-resource.ts';
import { toProblem } from '../api/api-failure.ts';
import { ask } from '../api/ask.ts';
import type { ShownProblem } from '../api/shown-problem.ts';
import { FaultSummary } from '../form/fault-summary.tsx';
import { type FormValue, TypedJson, writeJson } from '../form/json-text.ts';
import type { FieldProps } from '../form/field-props.ts';
import { JsonField, TextField } from '../form/fields.tsx';
import { SchemaField } from '../form/schema-field-view.tsx';
import { useRequestKey } from '../hooks/use-request-key.ts';
import { writeRoute } from '../route.ts';

/** The parts of the body of a start, by their names in it. */
interface Start {
  readonly id: FormValue;
  readonly businessKey: FormValue;
  readonly input: FormValue;
}

/** What the form holds at first. */
export type InitialStart = Pick<RunResource, 'input' | 'businessKey'>;

const idSchema = { description: 'If left out, Baton makes one. The same id finds the same run.' };
const businessKeySchema = { description: "The team's own name for the case; runs can be searched by it." };

/** The form of a start, as fields or as JSON. It posts what it holds; the API says what is wrong. */
export function StartForm({
  process: { name, inputSchema },
  initial,
}: {
  readonly process: ProcessResource;
  readonly initial: InitialStart;
}): JSX.Element {
  const [start, setStart] = useState<Start>({
    id: undefined,
    businessKey: initial.businessKey ?? undefined,
    input: initial.input,
  });
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { keyFor } = useRequestKey();
  const isRaw = start.input instanceof TypedJson;

  const send = async (): Promise<void> => {
    const body = writeJson({ ...start });
    setBusy(true);
    try {
      const run = await ask<RunResource>('POST', `/v1/processes/${encodeURIComponent(name)}/runs`, {
        body,
        // An id makes a start repeatable by itself.
        ...(start.id === undefined && { idempotencyKey: keyFor(body) }),
      });
      location.hash = writeRoute({ view: 'run', id: run.id });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const field = (member: keyof Start): FieldBasics => ({
    label: member,
    root: inputSchema,
    pointer: `/${member}`,
    value: start[member],
    errors: problem?.errors ?? [],
    onChange: (value) => {
      setStart((before) => ({ ...before, [member]: value }));
    },
  });

  return (
    <form
      class="start"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {problem !== null && <FaultSummary problem={problem} />}
      <div class="start__names">
        <TextField {...field('id')} label="run id" schema={idSchema} isRequired={false} isLong={false} />
        <TextField
          {...field('businessKey')}
          label="business key"
          schema={businessKeySchema}
          isRequired={false}
          isLong={false}
        />
      </div>
      <ModeSwitch
        input={start.input}
        onSwitch={(value) => {
          setStart((before) => ({ ...before, input: value }));
        }}
      />
      {isRaw ? (
        <div class="start__raw">
          <JsonField {...field('input')} schema={{}} isRequired />
        </div>
      ) : (
        <SchemaField {...field('input')} schema={inputSchema} isRequired />
      )}
      <div class="buttons buttons--stay">
        <button type="submit" class="primary" disabled={isBusy}>
          Start the run
        </button>
      </div>
    </form>
  );
}

type FieldBasics = Omit<FieldProps, 'schema' | 'isRequired'>;

/** Changes between fields and JSON. What is no JSON yet cannot become fields. */
function ModeSwitch({
  input,
  onSwitch,
}: {
  readonly input: FormValue;
  readonly onSwitch: (input: FormValue) => void;
}): JSX.Element {
  const [complaint, setComplaint] = useState<string | null>(null);
  const toggle = (): void => {
    setComplaint(null);
    if (!(input instanceof TypedJson)) {
      onSwitch(new TypedJson(writeJson(input)));
      return;
    }
    try {
      onSwitch(JSON.parse(input.text) as Json);
    } catch {
      setComplaint('This is no JSON yet; fields cannot be made of it.');
    }
  };
  return (
    <p class="toolbar">
      <button type="button" class="small" onClick={toggle}>
        {input instanceof TypedJson ? 'Edit as fields' : 'Edit as JSON'}
      </button>
      {complaint !== null && <span role="alert">{complaint}</span>}
    </p>
  );
}
