import * as React from 'react';
import { labelIn } from '../language';
import { MASK } from '../security/column-security';
import { word } from '../words';
import { displayText } from './display-text';
import type { FormSession } from './form-session';

/** Name of the record, its form, whether it is saved, and the columns that FormXml puts into the header. */
export function FormHeader({ session }: { readonly session: FormSession }) {
  const { model, parts } = session;
  const { language, definition } = parts;
  const name = model.isNew
    ? word(language, 'newRow', { table: labelIn(language, definition.table.label) })
    : (model.text(definition.table.primaryName) ?? '');
  const saved = model.state === 'saving' ? 'saving' : model.isDirty || model.isNew ? 'unsaved' : 'saved';
  return (
    <header className="record">
      <span className="tile" aria-hidden="true">
        {initials(name)}
      </span>
      <div className="record-name">
        <h1>
          {name} <span className="record-state">- {word(language, saved)}</span>
        </h1>
        <div className="small sub">
          {[definition.table.label, definition.form.name]
            .map((label) => labelIn(language, label))
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <dl className="header-fields">
        {(model.hidden.has('header') ? [] : definition.form.header).map((cell) => {
          const column = cell.control?.column ? model.columns.get(cell.control.column) : undefined;
          if (!column) return null;
          return (
            <div key={cell.id} className="header-field">
              <dt>{labelIn(language, cell.label)}</dt>
              <dd>
                {session.isMasked(column.name)
                  ? MASK
                  : displayText(column, language, model.currency) || word(language, 'none')}
              </dd>
            </div>
          );
        })}
      </dl>
    </header>
  );
}

/** First letters of the first two words, as on the record tiles of a model-driven app. */
export function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase();
}
