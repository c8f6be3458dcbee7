import * as React from 'react';
import { editedNumber, parseNumber } from '../format/parse-number';
import { word } from '../words';
import { displayText } from './display-text';
import type { FieldProps } from './field-props';

export type NumberInputProps = FieldProps & { readonly shared: React.InputHTMLAttributes<HTMLInputElement> };

/** Decimals that a kind of column keeps at most; of amounts, those of its currency. */
const DECIMALS: Readonly<Record<string, number>> = { money: 2, decimal: 10 };

/** Formatted until it is entered, then as typed; read when it is left. */
export function NumberInput(props: NumberInputProps) {
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
    const value = parseNumber(draft, language, DECIMALS[column.kind] ?? 0);
    setWrong(value === undefined);
    if (value === undefined) return;
    setDraft(null);
    if (value !== column.value) onChange(value);
  };
  const hint = `${props.id}-number`;
  return (
    <>
      <input
        {...props.shared}
        ref={input}
        inputMode="decimal"
        aria-invalid={wrong || props.invalid || undefined}
        aria-describedby={wrong ? hint : props.describedBy}
        value={draft ?? displayText(column, language, currency)}
        placeholder={word(language, 'none')}
        onFocus={() => setDraft(typeof column.value === 'number' ? editedNumber(column.value, language) : '')}
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
