/** @jsx h */
import * as React from 'react';
import { Chip, h } from '@crmjira/form-data';
import type { BurnView, RowView } from '../view/portfolio-view';
import { BurnBar } from './burn-bar';
import { DetailsPanel } from './details-panel';
import type { PortfolioCardProps } from './portfolio-card-props';

/** Rows that are drawn at once, more than a window shows; the others follow when the browser has drawn these. */
const AT_ONCE = 40;
/** Milliseconds that the browser has for drawing, and for what a person does meanwhile. */
const PAUSE = 20;

/** A row a mapping; an open one is followed by its details, all by the sum of each currency. */
export function PortfolioTable(props: PortfolioCardProps): React.ReactElement {
  const { view, id, onSort, onSelect, onTake } = props;
  const { headers, rows } = view;
  const heads = headers.map(({ text }) => text);
  const [drawn, setDrawn] = React.useState(AT_ONCE);
  const growing = drawn < rows.length;
  React.useEffect(() => {
    // Few and growing steps: with each the browser measures the columns of all rows again.
    const timer = setTimeout(setDrawn, PAUSE, growing ? drawn * 4 : drawn);
    return () => clearTimeout(timer);
  }, [drawn, growing]);
  return (
    <table className={`crmjira-grid${view.charted ? ' crmjira-charted' : ''}`} aria-labelledby={id} aria-busy={growing}>
      <thead>
        <tr>
          <td data-label={view.sortBy}>
            <Check label={view.selectAll} checked={view.allSelected} onChange={() => onSelect(null)} />
          </td>
          {headers.map(({ column, text, isFigure, sorted }) => (
            <th key={text} scope="col" aria-sort={sorted}>
              {column ? (
                <button type="button" onClick={() => onSort(column, isFigure)}>
                  {text}
                </button>
              ) : (
                text
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, drawn).map((row) => (
          <React.Fragment key={row.id}>
            <Row row={row} heads={heads} {...props} />
            {row.isOpen && view.details && (
              <tr>
                <td colSpan={9}>
                  <DetailsPanel details={view.details} onTake={onTake} />
                </td>
              </tr>
            )}
          </React.Fragment>
        ))}
      </tbody>
      <tfoot>
        {view.totals.map((total) => (
          <tr key={total.name}>
            <td />
            <th scope="row" colSpan={view.charted ? 1 : 2}>
              {total.name}
            </th>
            <Figures row={total} heads={heads} />
            <td colSpan={2} />
          </tr>
        ))}
      </tfoot>
    </table>
  );
}

interface RowProps extends Pick<PortfolioCardProps, 'onOpen' | 'onToggle' | 'onSelect'> {
  readonly row: RowView;
  readonly heads: readonly string[];
}

function Row({ row, heads, onOpen, onToggle, onSelect }: RowProps): React.ReactElement {
  const { id, opportunityId, isOpen } = row;
  return (
    <tr className={isOpen || row.isSelected ? 'crmjira-chosen' : undefined}>
      <td>
        <Check label={row.select} checked={row.isSelected} onChange={() => onSelect(id)} />
      </td>
      <th scope="row">
        <button
          type="button"
          className="crmjira-toggle"
          aria-expanded={isOpen}
          aria-label={row.details}
          onClick={() => onToggle(id)}
        />
        <span>
          {opportunityId ? (
            <button type="button" className="crmjira-linkbutton" onClick={() => onOpen(opportunityId)}>
              {row.name}
            </button>
          ) : (
            row.name
          )}
          <Under>{row.key}</Under>
        </span>
      </th>
      <td data-label={heads[1]}>
        <Chip {...row.status} />
      </td>
      <Figures row={row} heads={heads}>
        {row.planned && <Under>{row.planned}</Under>}
        {row.currency && <Under>{row.currency}</Under>}
        {row.discrepancy && <Chip {...row.discrepancy} />}
      </Figures>
      <td data-label={heads[6]} className={row.isQuiet ? 'crmjira-sub' : undefined}>
        {row.forecast}
      </td>
      <td data-label={heads[7]}>{row.stale ? <Chip {...row.stale} /> : row.sync}</td>
    </tr>
  );
}

interface FiguresProps {
  readonly row: BurnView;
  readonly heads: readonly string[];
  /** what stands below the approved amount */
  readonly children?: React.ReactNode;
}

/** Cells of the bar and of the amounts. */
function Figures({ row, heads, children }: FiguresProps): React.ReactElement {
  return (
    <React.Fragment>
      <td data-label={heads[2]}>
        <BurnBar {...row} />
      </td>
      <td data-label={heads[3]}>
        {row.approved}
        {children}
      </td>
      <td data-label={heads[4]}>{row.spent}</td>
      <td data-label={heads[5]} className={row.isNegative ? 'crmjira-negative' : undefined}>
        {row.remaining}
      </td>
    </React.Fragment>
  );
}

function Under({ children }: { readonly children: React.ReactNode }): React.ReactElement {
  return <span className="crmjira-key">{children}</span>;
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: () => void;
}

function Check({ label, checked, onChange }: CheckProps): React.ReactElement {
  return <input type="checkbox" aria-label={label} checked={checked} onChange={onChange} />;
}
