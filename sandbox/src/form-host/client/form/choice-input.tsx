import * as React from 'react';
import { labelIn } from '../language';
import { word } from '../words';
import type { ColumnValue } from './column';
import type { FieldProps } from './field-props';

export type ChoiceInputProps = FieldProps & { readonly shared: React.SelectHTMLAttributes<HTMLSelectElement> };

/** A choice or yes/no column as a list to choose from. */
export function ChoiceInput({ column, language, onChange, shared, offered }: ChoiceInputProps) {
  const isBoolean = column.kind === 'boolean';
  const options = isBoolean
    ? [
        { value: 'false', text: word(language, 'no') },
        { value: 'true', text: word(language, 'yes') },
      ]
    : (column.facts?.options ?? [])
        .filter(({ value }) => offered?.includes(value) ?? true)
        .map((option) => ({
          value: String(option.value),
          text: labelIn(language, option.label),
        }));
  const read = (text: string): ColumnValue => (isBoolean ? text === 'true' : text === '' ? null : Number(text));
  return (
    <select
      {...shared}
      value={String(column.value ?? (isBoolean ? 'false' : ''))}
      onChange={(event) => onChange(read(event.target.value))}
    >
      {!isBoolean && <option value="">{word(language, 'none')}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
