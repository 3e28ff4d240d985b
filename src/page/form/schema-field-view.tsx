import type { JSX } from 'preact';

import type { FieldProps } from './field-props.ts';
import { ChoiceField, JsonField, NumberField, TextField, YesNoField } from './fields.tsx';
import { ListField } from './list-field.tsx';
import { ObjectField } from './object-field.tsx';
import { fieldOf, resolve } from './schema-field.ts';

/** A form made of a JSON Schema. It checks nothing: what is wrong is for the API to say, and is shown where it points. */
export function SchemaField(props: FieldProps): JSX.Element {
  const schema = resolve(props.schema, props.root);
  const resolved = { ...props, schema };
  const field = fieldOf(schema, props.root);
  switch (field.kind) {
    case 'object':
      return <ObjectField {...resolved} members={field.members} Field={SchemaField} />;
    case 'list':
      return <ListField {...resolved} item={field.item} Field={SchemaField} />;
    case 'choice':
      return <ChoiceField {...resolved} options={field.options} />;
    case 'text':
      return <TextField {...resolved} isLong={field.isLong} />;
    case 'number':
      return <NumberField {...resolved} />;
    case 'yes-no':
      return <YesNoField {...resolved} />;
    case 'json':
      return <JsonField {...resolved} />;
  }
}
