import * as React from 'react';
import type { LookupValue } from '../form/column';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { formattedOf } from '../web-api/row-values';
import { readFetch } from '../web-api/web-api';
import { word } from '../words';
import type { LookupFilter, LookupView } from './lookup-state';
import type { LookupTable } from './lookup-table';
import { searchFetchXml } from './search-fetch-xml';
import { problemText } from '../web-api/problem-text';

export interface LookupDialogProps {
  readonly language: Language;
  readonly title: string;
  readonly tables: readonly LookupTable[];
  readonly views: readonly LookupView[];
  readonly start: { readonly table: string; readonly viewId: string | null; readonly words: string };
  readonly isMultiple: boolean;
  /** Asked anew before each search. */
  readonly filters: () => readonly LookupFilter[];
  /** Nothing chosen: the person went away. */
  readonly onClose: (chosen: readonly LookupValue[]) => void;
}

/** Rows that one search shows; who wants others types more of the name. */
const SHOWN = 50;

type Found =
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'read'; readonly rows: readonly LookupValue[]; readonly total: number };

/** Searches rows that a lookup may hold. Native inputs throughout: arrows choose a row, Enter searches, Escape leaves. */
export function LookupDialog({
  language,
  title,
  tables,
  views,
  start,
  isMultiple,
  filters,
  onClose,
}: LookupDialogProps) {
  const dialog = React.useRef<HTMLDialogElement>(null);
  const [tableName, setTable] = React.useState(start.table);
  const [viewId, setView] = React.useState(start.viewId);
  const [typed, type] = React.useState(start.words);
  const [words, search] = React.useState(start.words);
  const [chosen, choose] = React.useState<readonly LookupValue[]>([]);
  const table = tables.find(({ name }) => name === tableName) ?? tables[0];
  const ofTable = views.filter((one) => one.table === table?.name);
  const view = ofTable.find(({ id }) => id === viewId) ?? ofTable.find(({ isDefault }) => isDefault) ?? ofTable[0];
  const found = useFound(table, view, words, filters);
  React.useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const toggle = (row: LookupValue) => {
    const others = chosen.filter(({ id }) => id !== row.id);
    choose(!isMultiple ? [row] : others.length < chosen.length ? others : [...chosen, row]);
  };
  return (
    <dialog
      ref={dialog}
      className="page-dialog record-dialog lookup-dialog"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose([]);
      }}
    >
      <div className="dialog-body">
        <h2>{title}</h2>
        <form
          role="search"
          className="lookup-search"
          onSubmit={(event) => {
            event.preventDefault();
            search(typed);
          }}
        >
          {tables.length > 1 && (
            <Choice
              label={word(language, 'lookupTable')}
              value={table?.name ?? ''}
              options={tables.map(({ name, label }) => [name, label])}
              onChange={setTable}
            />
          )}
          {ofTable.length > 1 && (
            <Choice
              label={word(language, 'view')}
              value={view?.id ?? ''}
              options={ofTable.map(({ id, name }) => [id, name])}
              onChange={setView}
            />
          )}
          <label className="lookup-words">
            {word(language, 'lookupWords')}
            <input type="search" className="input" value={typed} onChange={(event) => type(event.target.value)} />
          </label>
          <button type="submit" className="button">
            <Icon name="Search" /> {word(language, 'lookupSearch')}
          </button>
        </form>
        <p role="status">{statusOf(found, language)}</p>
        {found.state === 'read' && (
          <fieldset className="lookup-rows">
            <legend className="visually-hidden">{title}</legend>
            {found.rows.map((row) => (
              <label key={row.id}>
                <input
                  type={isMultiple ? 'checkbox' : 'radio'}
                  name="lookup-row"
                  checked={chosen.some(({ id }) => id === row.id)}
                  onChange={() => toggle(row)}
                />
                {row.name}
              </label>
            ))}
          </fieldset>
        )}
        <div className="flyout-commands">
          <button
            type="button"
            className="button primary"
            disabled={chosen.length === 0}
            onClick={() => onClose(chosen)}
          >
            {word(language, 'lookupAdd')}
          </button>
          <button type="button" className="button" onClick={() => onClose([])}>
            {word(language, 'cancel')}
          </button>
        </div>
      </div>
    </dialog>
  );
}

function statusOf(found: Found, language: Language): string {
  if (found.state === 'reading') return word(language, 'loading');
  if (found.state === 'failed') return `${word(language, 'failed')}: ${problemText(found.error, language)}`;
  return word(language, 'gridShown', { n: found.rows.length, of: Math.max(found.total, found.rows.length) });
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The rows of a search; an answer that comes after a later question is left out. */
function useFound(
  table: LookupTable | undefined,
  view: LookupView | undefined,
  words: string,
  filters: () => readonly LookupFilter[],
): Found {
  const [found, set] = React.useState<Found>({ state: 'reading' });
  const ask = React.useRef(filters);
  ask.current = filters;
  React.useEffect(() => {
    let isCurrent = true;
    set({ state: 'reading' });
    if (!table || !view) return undefined;
    readRows(table, view, words, ask.current).then(
      (answer) => isCurrent && set(answer),
      (error: unknown) => isCurrent && set({ state: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
    // A table and a view are the same as long as their ids are.
  }, [table?.name, view?.id, words]);
  return found;
}

async function readRows(
  table: LookupTable,
  view: LookupView,
  words: string,
  filters: () => readonly LookupFilter[],
): Promise<Found> {
  const { name, primaryId, primaryName } = table;
  const fetchXml = searchFetchXml(view.fetchXml, {
    columns: [primaryId, primaryName],
    searched: primaryName,
    words,
    filters: filters().flatMap((filter) => (filter.table === null || filter.table === name ? filter.filterXml : [])),
    count: SHOWN,
  });
  const { rows, total } = await readFetch(table.entitySet, fetchXml);
  return {
    state: 'read',
    total,
    rows: rows.map((row) => ({
      id: String(row[primaryId]),
      name: formattedOf(row, primaryName) ?? String(row[primaryName] ?? ''),
      entityType: name,
    })),
  };
}
