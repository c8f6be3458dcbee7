import * as React from 'react';
import { MASK } from '../security/column-security';
import { word } from '../words';
import { ChoiceInput } from './choice-input';
import { DateInput } from './date-input';
import { displayText } from './display-text';
import type { FieldProps } from './field-props';
import { NumberInput } from './number-input';

/** The native input of one column: a value until somebody edits it, as on a model-driven form. */
export function Field(props: FieldProps) {
  const { column, readOnly, id, describedBy } = props;
  const shared = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': props.invalid || undefined,
    'aria-required': column.required === 'required' || undefined,
    className: 'input',
  };
  if (props.masked) return <input {...shared} readOnly value={MASK} />;
  if (column.kind === 'boolean' && props.asCheckbox)
    return (
      <input
        {...shared}
        type="checkbox"
        className="check"
        checked={column.value === true}
        disabled={readOnly}
        onChange={(event) => props.onChange(event.target.checked)}
      />
    );
  if (readOnly || column.kind === 'lookup' || column.kind === 'status' || column.kind === 'unknown') {
    const text = displayText(column, props.language, props.currency);
    return <input {...shared} readOnly value={text || word(props.language, 'none')} />;
  }
  if (column.kind === 'choice' || column.kind === 'boolean') return <ChoiceInput {...props} shared={shared} />;
  if (column.kind === 'memo')
    return (
      <textarea
        {...shared}
        rows={3}
        maxLength={column.facts?.maxLength ?? undefined}
        value={typeof column.value === 'string' ? column.value : ''}
        onChange={(event) => props.onChange(event.target.value || null)}
      />
    );
  if (column.kind === 'date') return <DateInput {...props} shared={shared} />;
  if (column.kind === 'money' || column.kind === 'decimal' || column.kind === 'integer')
    return <NumberInput {...props} shared={shared} />;
  return (
    <input
      {...shared}
      type={column.kind === 'email' ? 'email' : column.kind === 'url' ? 'url' : 'text'}
      maxLength={column.facts?.maxLength ?? undefined}
      value={typeof column.value === 'string' ? column.value : ''}
      onChange={(event) => props.onChange(event.target.value || null)}
    />
  );
}
