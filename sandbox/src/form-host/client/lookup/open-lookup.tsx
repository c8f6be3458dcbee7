import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { LookupValue } from '../form/column';
import type { Language } from '../language';
import { LookupDialog } from './lookup-dialog';
import { type LookupFilter, type LookupView, viewIdOf } from './lookup-state';
import { readLookupTable } from './lookup-table';

export interface LookupRequest {
  readonly language: Language;
  readonly title: string;
  /** logical names */
  readonly tables: readonly string[];
  /** the one shown first; absent: the first of `tables` */
  readonly table?: string;
  /** the view shown first; absent, or none of the table's: its default one */
  readonly viewId?: string | null;
  /** the tables' own views to choose from; absent: all */
  readonly viewIds?: readonly string[];
  readonly customViews?: readonly LookupView[];
  readonly words?: string;
  readonly isMultiple?: boolean;
  /** Asked before each search. */
  readonly filters?: () => readonly LookupFilter[];
}

/**
 * Opens the search dialog of a lookup.
 * @returns the chosen rows, none when the person went away; ids in small letters and without braces
 * @throws Error when a table is not there
 */
export async function openLookup(request: LookupRequest): Promise<readonly LookupValue[]> {
  const { language, title, customViews = [], words = '', isMultiple = false } = request;
  const tables = await Promise.all(request.tables.map((table) => readLookupTable(table, language)));
  const offered = request.viewIds?.map(viewIdOf) ?? [];
  const own = tables.flatMap(({ views }) => {
    const some = views.filter(({ id }) => offered.includes(id));
    // A list of views that names none of this table leaves it with its own.
    return some.length > 0 ? some : views;
  });
  const viewId = request.viewId === undefined || request.viewId === null ? null : viewIdOf(request.viewId);
  const views = [...own, ...customViews];
  const first = request.table ?? views.find(({ id }) => id === viewId)?.table ?? request.tables[0] ?? '';
  const place = document.body.appendChild(document.createElement('div'));
  const before = document.activeElement;
  return new Promise((resolve) => {
    const close = (chosen: readonly LookupValue[]): void => {
      ReactDOM.unmountComponentAtNode(place);
      place.remove();
      // Focus goes back to what opened the dialog.
      if (before instanceof HTMLElement) before.focus();
      resolve(chosen);
    };
    ReactDOM.render(
      <LookupDialog
        language={language}
        title={title}
        tables={tables}
        views={views}
        start={{ table: first, viewId, words }}
        isMultiple={isMultiple}
        filters={request.filters ?? (() => [])}
        onClose={close}
      />,
      place,
    );
  });
}
