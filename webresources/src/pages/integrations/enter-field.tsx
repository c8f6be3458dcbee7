import * as React from 'react';
import { PageIcon } from '../platform/page-icon';
import type { EnterSay } from './enter-view';

/** What the fields of a form share. */
export interface EnterForm {
  readonly textAt: (path: string) => string;
  readonly setAt: (path: string, value: unknown) => void;
  /** what is wrong at a path, in words */
  readonly problems: ReadonlyMap<string, string>;
  /** secrets are stored: an empty field keeps them */
  readonly hasSecrets: boolean;
  readonly say: EnterSay;
}

export interface FieldProps {
  readonly form: EnterForm;
  /** of the value: `name`, `settings.port`, `secrets.token` */
  readonly path: string;
  readonly name: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly kind?: 'text' | 'number' | 'code' | 'lines';
  /** choices instead of a line to type into */
  readonly options?: readonly { readonly value: string; readonly text: string }[];
}

export const fieldId = (path: string): string => `enter-${path.replace(/\./g, '-')}`;

/** A value of the form under its name, with its hint and what is wrong with it. */
export function EnterField(props: FieldProps): React.ReactElement {
  const { form, path, name, hint, isRequired = false, kind = 'text', options } = props;
  const { textAt, setAt, problems, hasSecrets, say } = form;
  const id = fieldId(path);
  const isSecret = path.startsWith('secrets.');
  const problem = problems.get(path);
  const shared = {
    id,
    className: `page-input${kind === 'code' || kind === 'lines' ? ' enter-code' : ''}`,
    value: textAt(path),
    'aria-required': isRequired,
    'aria-invalid': problem !== undefined,
    'aria-describedby': [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) => {
      const { value } = event.currentTarget;
      setAt(path, kind !== 'number' ? value : value.trim() === '' ? null : Number(value));
    },
  };
  return (
    <div className={`page-field enter-field${isSecret ? ' enter-secret' : ''}`}>
      <label htmlFor={id}>
        <b className="crmjira-strong">{name}</b>
        {isRequired && (
          <span className="enter-star" aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      {options !== undefined ? (
        <select {...shared}>
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      ) : kind === 'lines' ? (
        <textarea {...shared} rows={14} spellCheck={false} />
      ) : (
        <span className="enter-line">
          {isSecret && <PageIcon name="Key" />}
          <input
            {...shared}
            type={isSecret ? 'password' : kind === 'number' ? 'number' : 'text'}
            autoComplete={isSecret ? 'new-password' : 'off'}
            placeholder={isSecret && hasSecrets ? say('stored') : undefined}
            spellCheck={false}
          />
        </span>
      )}
      {problem && (
        <span id={`${id}-problem`} className="enter-problem">
          <PageIcon name="ErrorBadge" />
          {problem}
        </span>
      )}
      {hint && (
        <span id={`${id}-hint`} className="crmjira-sub">
          {hint}
        </span>
      )}
    </div>
  );
}
