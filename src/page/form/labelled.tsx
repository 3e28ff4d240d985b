import type { ComponentChildren, JSX } from 'preact';

import { isJsonObject } from '../../core/json.ts';
import { faultsAt } from './field-faults.ts';
import { fieldId, type FieldProps } from './field-props.ts';
import { PlaceFaults } from './place-faults.tsx';

/** What a control must carry so that its label, its description and its faults belong to it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

/** A control with what belongs around it. */
export function Labelled({
  field,
  children,
}: {
  readonly field: FieldProps;
  readonly children: (control: ControlProps) => ComponentChildren;
}): JSX.Element {
  const id = fieldId(field.pointer);
  const isWrong = faultsAt(field.pointer, field.errors).length > 0;
  return (
    <div class={`field ${isWrong ? 'field--wrong' : ''}`}>
      <label for={id}>
        {field.label}
        {field.isRequired && <RequiredMark />}
      </label>
      {children({
        id,
        'aria-describedby': `${id}:hint ${id}:faults`,
        'aria-invalid': isWrong,
        'aria-required': field.isRequired,
      })}
      <Hint field={field} />
      <PlaceFaults pointer={field.pointer} errors={field.errors} />
    </div>
  );
}

export function RequiredMark(): JSX.Element {
  return (
    <span class="field__required" title="required">
      {' '}
      *
    </span>
  );
}

/** What the schema says for people: its description, and what is taken where nothing is given. */
export function Hint({ field: { schema, pointer } }: { readonly field: FieldProps }): JSX.Element | null {
  const { description, default: byDefault } = isJsonObject(schema) ? schema : {};
  const parts = [
    typeof description === 'string' ? description : null,
    byDefault === undefined ? null : `If left out: ${JSON.stringify(byDefault)}.`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return (
    <p class="field__hint" id={`${fieldId(pointer)}:hint`}>
      {parts.join(' ')}
    </p>
  );
}
