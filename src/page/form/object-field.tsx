import type { JSX } from 'preact';

import { faultsAt } from './field-faults.ts';
import { type FormValue, isMembers } from './json-text.ts';
import { Hint, RequiredMark } from './labelled.tsx';
import { emptyValue, type Member, pointerTo } from './schema-field.ts';
import { fieldId, type FieldProps } from './field-props.ts';
import { PlaceFaults } from './place-faults.tsx';

interface ObjectFieldProps extends FieldProps {
  readonly members: readonly Member[];
  /** Makes the fields within. */
  readonly Field: (props: FieldProps) => JSX.Element;
}

/** The members of an object, each as a field. One that is optional can be left out as a whole. */
export function ObjectField(props: ObjectFieldProps): JSX.Element {
  const { label, schema, root, pointer, isRequired, value, errors, onChange } = props;
  const id = fieldId(pointer);
  const isThere = isRequired || value !== undefined;
  const isWrong = faultsAt(pointer, errors).length > 0;
  return (
    <fieldset class={`field group ${isWrong ? 'field--wrong' : ''}`} id={id} tabIndex={-1}>
      <legend>
        {label}
        {isRequired && label !== '' && <RequiredMark />}
      </legend>
      <Hint field={props} />
      <PlaceFaults pointer={pointer} errors={errors} />
      {isThere && <Members {...props} />}
      {!isRequired && (
        <button
          type="button"
          class="small"
          onClick={() => {
            onChange(isThere ? undefined : emptyValue(schema, root));
          }}
        >
          {isThere ? `Leave out ${label}` : `Add ${label}`}
        </button>
      )}
    </fieldset>
  );
}

function Members(props: ObjectFieldProps): JSX.Element {
  const { members, root, pointer, value, errors, onChange, Field } = props;
  const present: Readonly<Record<string, FormValue>> = isMembers(value) ? value : {};
  const unknown = Object.keys(present).filter((name) => !members.some((member) => member.name === name));
  // What the schema does not name may be there all the same, from an example or an earlier run.
  const all = [...members, ...unknown.map((name) => ({ name, schema: {}, isRequired: false }))];
  return (
    <div class="group__members">
      {all.map((member) => (
        <Field
          key={member.name}
          label={member.name}
          schema={member.schema}
          root={root}
          pointer={pointerTo(pointer, member.name)}
          isRequired={member.isRequired}
          value={present[member.name]}
          errors={errors}
          onChange={(changed) => {
            onChange({ ...present, [member.name]: changed });
          }}
        />
      ))}
    </div>
  );
}
