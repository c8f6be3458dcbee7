import * as React from 'react';
import type { FieldProps } from './field-props';

export type DateInputProps = FieldProps & { readonly shared: React.InputHTMLAttributes<HTMLInputElement> };

/** A day, or a moment in the person's own time zone. */
export function DateInput({ column, onChange, shared }: DateInputProps) {
  const value = typeof column.value === 'string' ? column.value : '';
  if (column.facts?.dateOnly !== false || value.length === 10)
    return (
      <input
        {...shared}
        type="date"
        value={value.slice(0, 10)}
        onChange={(event) => onChange(event.target.value || null)}
      />
    );
  return (
    <input
      {...shared}
      type="datetime-local"
      value={value === '' ? '' : localTime(new Date(value))}
      onChange={({ target }) => onChange(target.value === '' ? null : new Date(target.value).toISOString())}
    />
  );
}

/** As the input wants it, to the minute. */
function localTime(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
