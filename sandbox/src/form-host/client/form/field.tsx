import * as React from 'react';
import { formatDay, formatInstant, formatMoney, formatNumber } from '../format/format-value';
import { parseNumber } from '../format/parse-number';
import { type Language, labelIn } from '../language';
import { word } from '../words';
import { type Column, type ColumnValue, isLookup } from './column';

export interface FieldProps {
  readonly id: string;
  readonly column: Column;
  readonly language: Language;
  readonly currency: string;
  readonly readOnly: boolean;
  /** A yes/no column as a box to tick: steps of the process. */
  readonly asCheckbox?: boolean;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly onChange: (value: ColumnValue) => void;
}

/** Text that a column shows when nobody edits it; empty columns show nothing. */
export function displayText(column: Column, language: Language, currency: string): string {
  const { value, kind, facts } = column;
  if (value === null || value === '') return '';
  if (isLookup(value)) return value.name;
  if (kind === 'boolean') return word(language, value === true ? 'yes' : 'no');
  const option = facts?.options.find((one) => one.value === value);
  if (option) return labelIn(language, option.label);
  if (kind === 'choice' || kind === 'status') return column.formatted ?? String(value);
  if (typeof value === 'number') {
    if (kind === 'money') return formatMoney(value, currency, language);
    return formatNumber(value, language, kind === 'decimal' ? (facts?.precision ?? 2) : 0);
  }
  if (kind === 'date' && typeof value === 'string')
    return value.length === 10 || facts?.dateOnly ? formatDay(value, language) : formatInstant(value, language);
  return String(value);
}

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
  if (column.kind === 'choice' || column.kind === 'boolean') return <Choice {...props} shared={shared} />;
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
  if (column.kind === 'date')
    return (
      <input
        {...shared}
        type="date"
        value={typeof column.value === 'string' ? column.value.slice(0, 10) : ''}
        onChange={(event) => props.onChange(event.target.value || null)}
      />
    );
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

type Shared = React.InputHTMLAttributes<HTMLInputElement> & React.SelectHTMLAttributes<HTMLSelectElement>;

function Choice({ column, language, onChange, shared }: FieldProps & { readonly shared: object }) {
  const isBoolean = column.kind === 'boolean';
  const options = isBoolean
    ? [
        { value: 'false', text: word(language, 'no') },
        { value: 'true', text: word(language, 'yes') },
      ]
    : (column.facts?.options ?? []).map((option) => ({
        value: String(option.value),
        text: labelIn(language, option.label),
      }));
  const read = (text: string): ColumnValue => (isBoolean ? text === 'true' : text === '' ? null : Number(text));
  return (
    <select
      {...(shared as Shared)}
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

/** Formatted until it is entered, then as typed; read when it is left. */
function NumberInput(props: FieldProps & { readonly shared: object }) {
  const { column, language, currency, onChange } = props;
  const [draft, setDraft] = React.useState<string | null>(null);
  const [wrong, setWrong] = React.useState(false);
  const input = React.useRef<HTMLInputElement>(null);
  const editing = draft !== null;
  // The text changes as editing begins: all of it is selected, so that typing replaces it.
  React.useLayoutEffect(() => {
    if (editing) input.current?.select();
  }, [editing]);
  const commit = () => {
    if (draft === null) return;
    const value = parseNumber(draft);
    setWrong(value === undefined);
    if (value === undefined) return;
    setDraft(null);
    if (value !== column.value) onChange(value);
  };
  const hint = `${props.id}-number`;
  return (
    <>
      <input
        {...(props.shared as Shared)}
        ref={input}
        inputMode="decimal"
        aria-invalid={wrong || props.invalid || undefined}
        aria-describedby={wrong ? hint : props.describedBy}
        value={draft ?? displayText(column, language, currency)}
        placeholder={word(language, 'none')}
        onFocus={() => setDraft(typeof column.value === 'number' ? String(column.value) : '')}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {wrong && (
        <p id={hint} className="field-message">
          {word(language, 'notNumber')}
        </p>
      )}
    </>
  );
}
