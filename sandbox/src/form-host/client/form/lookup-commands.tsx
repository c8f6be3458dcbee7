import * as React from 'react';
import { Icon } from '../platform/icons';
import { word } from '../words';
import type { Column } from './column';
import type { FormSession } from './form-session';
import { problemText } from '../web-api/problem-text';

export interface LookupCommandsProps {
  readonly column: Column;
  readonly label: string;
  readonly session: FormSession;
}

/** Searching another row for a lookup, and taking the row away; shown when the field has focus or the pointer is on it. */
export function LookupCommands({ column, label, session }: LookupCommandsProps) {
  const { language } = session.parts;
  const report = (error: unknown) => {
    const reason = problemText(error, language);
    session.model.notify({ id: 'host.lookup', level: 'ERROR', message: `${word(language, 'failed')}: ${reason}` });
  };
  return (
    <span className="lookup-commands">
      {column.value !== null && (
        <button
          type="button"
          className="icon-button"
          aria-label={word(language, 'lookupClear', { label })}
          onClick={() => session.change(column.name, null)}
        >
          <Icon name="Cancel" />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={word(language, 'lookupOf', { label })}
        onClick={() => {
          session.model.clear('host.lookup');
          session.lookUp(column.name, label).catch(report);
        }}
      >
        <Icon name="Search" />
      </button>
    </span>
  );
}
