import * as React from 'react';

/** A line to type into, under its name. */
export const Field = (props: {
  readonly id: string;
  readonly type: 'email' | 'password';
  readonly autoComplete: string;
  readonly name: string;
  readonly hint?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): React.ReactElement => {
  const { id, type, autoComplete, name, hint, value, onValue } = props;
  return (
    <div className="page-field">
      <label htmlFor={id}>
        <b className="crmjira-strong">{name}</b>
      </label>
      <input
        {...{ id, type, autoComplete, value }}
        className="page-input"
        spellCheck={false}
        aria-describedby={hint && `${id}-hint`}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
      {hint && (
        <span id={`${id}-hint`} className="crmjira-sub">
          {hint}
        </span>
      )}
    </div>
  );
};
