import * as React from 'react';
import { type Place, addressOf, recordPlace } from '../navigation';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import { useModel } from '../use-session';
import { hasPages } from '../web-api/tables';
import { word } from '../words';
import type { GridColumn, GridModel } from './grid-model';
import { ViewSelector } from './view-selector';

export interface GridProps {
  readonly grid: GridModel;
  /** what a screen reader calls the table */
  readonly label: string;
  /** Whether people may choose another view here. */
  readonly viewSelector: boolean;
  readonly onGo: (place: Place) => void;
}

/** Rows by a view: a heading sorts, the name opens the row, more rows come on demand. */
export function Grid({ grid: model, label, viewSelector, onGo }: GridProps) {
  const grid = useModel(model);
  const { language } = grid.parts;
  const { columns, rows, problem } = grid;
  return (
    <div className="list sub-grid">
      {viewSelector && grid.parts.views.length > 1 && (
        <div className="view-selector">
          <ViewSelector
            views={grid.parts.views}
            selected={grid.view?.id}
            language={language}
            onChoose={(id) => grid.choose(id)}
          />
        </div>
      )}
      {problem !== null && (
        <p className="message error" role="alert">
          <Icon name="ErrorBadge" />
          <span>{grid.refused ? word(language, 'gridHidden') : problem}</span>
        </p>
      )}
      {problem === null && grid.fetchXml !== '' && (
        <table aria-busy={grid.isLoading}>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              <SelectAll
                ids={rows.map((row) => row.getRecordId())}
                selectedIds={grid.selectedIds}
                language={language}
                onSelect={(ids) => grid.select(ids)}
              />
              {columns.map((column) => (
                <SortHeading
                  key={column.name}
                  {...column}
                  onSort={column.sortable ? () => grid.sortBy(column.name) : undefined}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.getRecordId()} row={row} grid={grid} columns={columns} onGo={onGo} />
            ))}
          </tbody>
        </table>
      )}
      {problem === null && (
        <p className="small sub grid-foot" role="status">
          {grid.isLoading && rows.length === 0 ? word(language, 'loading') : countOf(grid)}
        </p>
      )}
      {problem === null && grid.hasMore && (
        <button type="button" className="button" disabled={grid.isLoading} onClick={() => grid.loadMore()}>
          {word(language, 'gridMore')}
        </button>
      )}
    </div>
  );
}

function countOf({ rows, total, parts: { language } }: GridModel): string {
  if (rows.length === 0) return word(language, 'gridEmpty');
  return total > rows.length
    ? word(language, 'gridShown', { n: rows.length, of: total })
    : word(language, 'gridRows', { n: total });
}

interface SelectAllProps {
  /** of the shown rows */
  readonly ids: readonly string[];
  readonly selectedIds: ReadonlySet<string>;
  readonly language: Language;
  readonly onSelect: (ids: readonly string[]) => void;
}

/** One press selects every shown row, the next none. */
export function SelectAll({ ids, selectedIds, language, onSelect }: SelectAllProps) {
  const areAll = ids.length > 0 && selectedIds.size === ids.length;
  return (
    <th scope="col" className="select">
      <input
        type="checkbox"
        aria-label={word(language, 'selectAll')}
        checked={areAll}
        disabled={ids.length === 0}
        ref={(box) => {
          if (box) box.indeterminate = selectedIds.size > 0 && !areAll;
        }}
        onChange={() => onSelect(areAll ? [] : ids)}
      />
    </th>
  );
}

interface SortHeadingProps extends Pick<GridColumn, 'label' | 'sorted' | 'isNumber'> {
  /** absent: the column cannot be sorted by */
  readonly onSort: (() => void) | undefined;
}

export function SortHeading({ label, sorted, isNumber, onSort }: SortHeadingProps) {
  return (
    <th scope="col" aria-sort={sorted ?? undefined} className={isNumber ? 'end' : undefined}>
      {onSort ? (
        <button type="button" className="sort" onClick={onSort}>
          {label}
          {sorted && <Icon name={sorted === 'ascending' ? 'ChevronUp' : 'ChevronDown'} />}
        </button>
      ) : (
        label
      )}
    </th>
  );
}

interface LineProps {
  readonly row: GridModel['rows'][number];
  readonly grid: GridModel;
  readonly columns: readonly GridColumn[];
  readonly onGo: (place: Place) => void;
}

function Line({ row, grid, columns, onGo }: LineProps) {
  const { table } = grid.parts;
  const own = recordPlace(table.name, row.getRecordId());
  const named = columns.find(({ name }) => name === table.primaryName) ?? columns[0];
  const isSelected = grid.selectedIds.has(row.getRecordId());
  const name = row.getFormattedValue(named?.name ?? table.primaryName);
  return (
    <tr onDoubleClick={() => own && onGo(own)} className={isSelected ? 'selected' : undefined}>
      <td className="select">
        <input
          type="checkbox"
          aria-label={word(grid.parts.language, 'selectRow', { name })}
          checked={isSelected}
          onChange={() => grid.toggle(row.getRecordId())}
        />
      </td>
      {columns.map((column) => {
        const text = row.getFormattedValue(column.name);
        const place = column === named ? own : lookedUp(row.getValue(column.name));
        return (
          <td key={column.name} data-label={column.label} className={column.isNumber ? 'end number' : undefined}>
            {place === null || (text === '' && column !== named) ? (
              text
            ) : (
              <PlaceLink place={place} text={text} onGo={onGo} />
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** Form of the row that a lookup holds; null for another value, or a table whose rows this page does not open. */
function lookedUp(value: unknown): Place | null {
  if (typeof value !== 'object' || value === null || !('etn' in value)) return null;
  const table = String(value.etn);
  const id: unknown = Reflect.get(Object(Reflect.get(value, 'id')), 'guid');
  return hasPages(table) ? recordPlace(table, String(id)) : null;
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly text: string;
  readonly id?: string;
  /** ids of what names it, where its text alone does not */
  readonly labelledBy?: string;
  readonly onGo: (place: Place) => void;
}

/** A link that stays within the page, unless it is wanted in a tab of its own. */
export function PlaceLink({ place, text, id, labelledBy, onGo }: PlaceLinkProps) {
  return (
    <a
      id={id}
      aria-labelledby={labelledBy}
      href={addressOf(place)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onGo(place);
      }}
    >
      {text === '' ? '---' : text}
    </a>
  );
}
