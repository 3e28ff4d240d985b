import type { JsonObject } from '../../core/json.ts';
import type { Fault } from '../../core/errors.ts';
import type { FormValue } from './json-text.ts';

/** One value of a form, and everything in it. */
export interface FieldProps {
  /** What is written before it. */
  readonly label: string;
  readonly schema: JsonObject;
  /** Where `$ref` leads. */
  readonly root: JsonObject;
  /** JSON pointer in the body that is posted. */
  readonly pointer: string;
  readonly isRequired: boolean;
  readonly value: FormValue;
  readonly errors: readonly Fault[];
  readonly onChange: (value: FormValue) => void;
}

/** The id of the field at a place, to lead there. */
export function fieldId(pointer: string): string {
  return `field:${pointer}`;
}
