/** @jsx h */
import * as React from 'react';
import { Chip, h } from '@crmjira/form-data';
import type { RowView } from '../view/portfolio-view';
import { BurnBar } from './burn-bar';
import { DetailsPanel } from './details-panel';
import type { PortfolioCardProps } from './portfolio-card';

/** A row a mapping; the open one is followed by its details. */
export function PortfolioTable(props: PortfolioCardProps): React.ReactElement {
  const { view, id, onSort, onTake } = props;
  return (
    <table className="crmjira-grid" aria-labelledby={id}>
      <thead>
        <tr>
          {view.headers.map(({ column, text, isFigure, sorted }) => (
            <th key={column} scope="col" aria-sort={sorted} className={isFigure ? 'crmjira-figure' : undefined}>
              <button type="button" onClick={() => onSort(column, isFigure)}>
                {text}
                <span aria-hidden="true">{{ ascending: ' ↑', descending: ' ↓', none: '' }[sorted]}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <React.Fragment key={row.id}>
            <Row row={row} heads={view.headers.map(({ text }) => text)} {...props} />
            {row.open && view.details && (
              <tr className="crmjira-open">
                <td colSpan={view.headers.length}>
                  <DetailsPanel details={view.details} onTake={onTake} />
                </td>
              </tr>
            )}
          </React.Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<PortfolioCardProps, 'onOpen' | 'onToggle'> {
  readonly row: RowView;
  readonly heads: readonly string[];
}

function Row({ row, heads, onOpen, onToggle }: RowProps): React.ReactElement {
  const { opportunityId } = row;
  const [, status, burn, approved, spent, remaining, sync] = heads;
  return (
    <tr className={row.open ? 'crmjira-chosen' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="crmjira-toggle"
          aria-expanded={row.open}
          aria-label={row.details}
          onClick={() => onToggle(row.id)}
        >
          <span aria-hidden="true">{row.open ? '▾' : '▸'}</span>
        </button>
        <span>
          {opportunityId === null ? (
            row.name
          ) : (
            <button type="button" className="crmjira-linkbutton" onClick={() => onOpen(opportunityId)}>
              {row.name}
            </button>
          )}
          <span className="crmjira-sub crmjira-small crmjira-key">{row.key}</span>
        </span>
      </th>
      <td data-label={status}>
        <Chip {...row.status} />
      </td>
      <td data-label={burn} className="crmjira-figure">
        <BurnBar bar={row.bar} tone={row.tone} percent={row.percent} note={row.note} />
      </td>
      <td data-label={approved} className="crmjira-figure">
        {row.approved}
        {row.currency && <span className="crmjira-sub crmjira-small crmjira-key">{row.currency}</span>}
        {row.discrepancy && <Chip {...row.discrepancy} />}
      </td>
      <td data-label={spent} className="crmjira-figure">
        {row.spent}
      </td>
      <td data-label={remaining} className={`crmjira-figure${row.isNegative ? ' crmjira-negative' : ''}`}>
        {row.remaining}
      </td>
      <td data-label={sync}>{row.stale ? <Chip {...row.stale} /> : row.sync}</td>
    </tr>
  );
}
