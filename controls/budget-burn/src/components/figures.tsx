/** @jsx h */
import * as React from 'react';
import { ActionButtons, h } from '@crmjira/form-data';
import type { FigureView, HeadlineView, TableView } from '../view/burn-view';

export function Headline({ headline }: { readonly headline: HeadlineView }): React.ReactElement {
  return (
    <div className="crmjira-headline">
      <span className="crmjira-big">{headline.spent}</span>
      <span className="crmjira-sub crmjira-of">{headline.of}</span>
      <span className="crmjira-spring" />
      {headline.restLabel === null ? (
        <span className="crmjira-overby">{headline.rest}</span>
      ) : (
        <span>
          <span className="crmjira-sub">{headline.restLabel}</span> <b>{headline.rest}</b>
        </span>
      )}
      {headline.base && <span className="crmjira-sub crmjira-small crmjira-basecurrency">{headline.base}</span>}
    </div>
  );
}

export function FigureList({ figures }: { readonly figures: readonly FigureView[] }): React.ReactElement {
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

export function BurnTable(props: {
  readonly table: TableView;
  readonly onAction: (name: string) => void;
}): React.ReactElement {
  const { table } = props;
  return (
    <React.Fragment>
      <table className="crmjira-table">
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
          {table.rows.map(([day, ...amounts]) => (
            <tr key={day}>
              <th scope="row">{day}</th>
              {amounts.map((amount, index) => (
                <td key={index}>{amount}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ActionButtons actions={table.actions} onAction={props.onAction} />
    </React.Fragment>
  );
}
