import type { JSX } from 'preact';

import type { Json } from '../../core/json.ts';
import { TypedJson, writeJson } from './json-text.ts';
import { Hint, Labelled, RequiredMark } from './labelled.tsx';
import { fieldId, type FieldProps } from './field-props.ts';
import { PlaceFaults } from './place-faults.tsx';

/** An empty field is left out: the API then says whether it is required. */
export function TextField(props: FieldProps & { readonly isLong: boolean }): JSX.Element {
  const text =
    typeof props.value === 'string' ? props.value : props.value === undefined ? '' : writeJson(props.value);
  const take = (typed: string): void => {
    props.onChange(typed === '' ? undefined : typed);
  };
  return (
    <Labelled field={props}>
      {(control) =>
        props.isLong ? (
          <textarea
            {...control}
            rows={3}
            value={text}
            onInput={(event) => {
              take(event.currentTarget.value);
            }}
          />
        ) : (
          <input
            {...control}
            type="text"
            autoComplete="off"
            value={text}
            onInput={(event) => {
              take(event.currentTarget.value);
            }}
          />
        )
      }
    </Labelled>
  );
}

/** What is typed goes out as typed where it is a number of JSON, and as text where it is not: the API says so. */
export function NumberField(props: FieldProps): JSX.Element {
  return (
    <Labelled field={props}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={numberText(props)}
          onInput={(event) => {
            const typed = event.currentTarget.value.trim();
            const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(typed);
            props.onChange(typed === '' ? undefined : isNumber ? new TypedJson(typed) : typed);
          }}
        />
      )}
    </Labelled>
  );
}

function numberText({ value }: FieldProps): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : writeJson(value);
}

export function ChoiceField(props: FieldProps & { readonly options: readonly Json[] }): JSX.Element {
  const { options, value } = props;
  const chosen =
    value === undefined ? -1 : options.findIndex((option) => writeJson(option) === writeJson(value));
  return (
    <Labelled field={props}>
      {(control) => (
        <select
          {...control}
          value={String(chosen)}
          onChange={(event) => {
            props.onChange(options[Number(event.currentTarget.value)]);
          }}
        >
          <option value="-1">–</option>
          {options.map((option, index) => (
            <option key={index} value={String(index)}>
              {typeof option === 'string' ? option : JSON.stringify(option)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** Neither is chosen before a person chooses: a decision must not be taken by passing it over. */
export function YesNoField(props: FieldProps): JSX.Element {
  const id = fieldId(props.pointer);
  const choice = (label: string, value: boolean | undefined): JSX.Element => (
    <label>
      <input
        type="radio"
        name={id}
        checked={props.value === value}
        onChange={() => {
          props.onChange(value);
        }}
      />
      {label}
    </label>
  );
  return (
    <fieldset class="field field--choice" id={id} tabIndex={-1} aria-describedby={`${id}:hint ${id}:faults`}>
      <legend>
        {props.label}
        {props.isRequired && <RequiredMark />}
      </legend>
      <div class="choices">
        {choice('yes', true)}
        {choice('no', false)}
        {!props.isRequired && choice('left out', undefined)}
      </div>
      <Hint field={props} />
      <PlaceFaults pointer={props.pointer} errors={props.errors} />
    </fieldset>
  );
}

/** A value that no field is made for, as JSON. */
export function JsonField(props: FieldProps): JSX.Element {
  return (
    <Labelled field={props}>
      {(control) => (
        <textarea
          {...control}
          class="code"
          rows={4}
          spellcheck={false}
          placeholder="JSON"
          value={props.value === undefined ? '' : writeJson(props.value)}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            props.onChange(typed.trim() === '' ? undefined : new TypedJson(typed));
          }}
        />
      )}
    </Labelled>
  );
}
