/** @jsx h */
import type * as React from 'react';
import { h } from '@crmjira/form-data';
import type { FigureView, HeadlineView, TableView } from '../view/burn-view';

// Parts without a state of their own are functions that are called, no components: each costs fifteen bytes less in the bundle.

export function headlinePart(headline: HeadlineView): React.ReactElement {
  return (
    <div className="crmjira-headline">
      <span className="crmjira-big">{headline.spent}</span>
      <span className="crmjira-sub">{headline.of}</span>
      <span className="crmjira-spring" />
      <span className={headline.restLabel ? undefined : 'crmjira-overby'}>
        <span className="crmjira-sub">{headline.restLabel}</span> <b>{headline.rest}</b>
      </span>
      {headline.base && <span className="crmjira-sub crmjira-small">{headline.base}</span>}
    </div>
  );
}

export function figureList(figures: readonly FigureView[]): React.ReactElement {
  return (
    <dl className="crmjira-figures">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt>{figure.label}</dt>
          <dd className={figure.quiet ? undefined : 'crmjira-strong'}>{figure.value}</dd>
          {figure.note && <dd className="crmjira-sub crmjira-small">{figure.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

export function tablePart(table: TableView): React.ReactElement {
  return (
    <table key={table.caption} className="crmjira-table">
      <caption>{table.caption}</caption>
      <thead>
        <tr>
          {table.head.map((text) => (
            <th key={text} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(([name, ...cells], row) => (
          <tr key={row}>
            <th scope="row">{name}</th>
            {cells.map((text, column) => (
              <td key={column}>{text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
