/** @jsx h */
import { Icon, h } from '@crmjira/form-data';
import type * as React from 'react';

export interface FieldProps {
  readonly id: string;
  readonly caption: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly required?: boolean;
  readonly hint?: string | null;
  readonly error?: string | null;
  /** values to choose from, each with its text; a line of text without */
  readonly options?: readonly (readonly [value: string, text: string])[];
  /** beside no other one */
  readonly wide?: boolean;
  /** of the line of text */
  readonly input?: React.InputHTMLAttributes<HTMLInputElement>;
}

/** A field with its caption, what is to be known about it, and what is wrong with it. */
export function Field(props: FieldProps): React.ReactElement {
  const { id, options, error, required } = props;
  const field = {
    id,
    value: props.value,
    required,
    'aria-invalid': !!error,
    'aria-describedby': `${id}-hint`,
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) => props.onValue(target.value),
  };
  return (
    <div className={props.wide ? 'crmjira-field crmjira-full' : 'crmjira-field'}>
      <label htmlFor={id}>
        {props.caption}
        {required && <i aria-hidden="true"> *</i>}
      </label>
      {options ? (
        <select {...field}>
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      ) : (
        <input type="text" maxLength={255} {...field} {...props.input} />
      )}
      <p id={`${id}-hint`} className={error ? 'crmjira-error' : ''}>
        {error && <Icon name="ErrorBadge" />} {error || props.hint}
      </p>
    </div>
  );
}
