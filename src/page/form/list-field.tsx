import type { JSX } from 'preact';

import type { JsonObject } from '../../core/json.ts';
import { faultsAt } from './field-faults.ts';
import { isList } from './json-text.ts';
import { Hint, RequiredMark } from './labelled.tsx';
import { emptyValue, pointerTo } from './schema-field.ts';
import { fieldId, type FieldProps } from './field-props.ts';
import { PlaceFaults } from './place-faults.tsx';

interface ListFieldProps extends FieldProps {
  readonly item: JsonObject;
  /** Makes the fields within. */
  readonly Field: (props: FieldProps) => JSX.Element;
}

/** The elements of an array, with buttons to add and to remove. */
export function ListField(props: ListFieldProps): JSX.Element {
  const { label, item, root, pointer, isRequired, value, errors, onChange, Field } = props;
  const elements = value !== undefined && isList(value) ? value : [];
  const isWrong = faultsAt(pointer, errors).length > 0;
  return (
    <fieldset class={`field group ${isWrong ? 'field--wrong' : ''}`} id={fieldId(pointer)} tabIndex={-1}>
      <legend>
        {label}
        {isRequired && <RequiredMark />}
      </legend>
      <Hint field={props} />
      <PlaceFaults pointer={pointer} errors={errors} />
      <ol class="list">
        {elements.map((element, index) => (
          <li key={index}>
            <Field
              label={`${label} ${index + 1}`}
              schema={item}
              root={root}
              pointer={pointerTo(pointer, index)}
              isRequired
              value={element}
              errors={errors}
              onChange={(changed) => {
                onChange(elements.with(index, changed));
              }}
            />
            <button
              type="button"
              class="small"
              onClick={() => {
                const rest = elements.toSpliced(index, 1);
                onChange(rest.length === 0 && !isRequired ? undefined : rest);
              }}
            >
              Remove {label} {index + 1}
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="small"
        onClick={() => {
          onChange([...elements, emptyValue(item, root)]);
        }}
      >
        Add to {label}
      </button>
    </fieldset>
  );
}
