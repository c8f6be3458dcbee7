import * as React from 'react';
import { browserMeasure, burnUp, chartPart } from '@crmjira/control-budget-burn';
import type { Say } from '../platform/page-words';
import { useWidth } from '../platform/use-width';
import type { finalReportTexts } from '../../strings/generated/final-report';
import type { ReportTable, ReportView } from './report-view';

/** Pixels: what fits on a printed page, so that the picture on paper is the one on the screen. */
const WIDEST = 680;
const HEIGHT = 260;
/** Pixels below which the chart is drawn without an axis. */
const NARROW_BELOW = 420;

/** Figures, burn-up, months and categories. */
export function ReportBody(props: { readonly view: ReportView; readonly say: Say<typeof finalReportTexts> }) {
  const { view, say } = props;
  const [place, width] = useWidth(WIDEST);
  const measure = React.useMemo(browserMeasure, []);
  const wide = Math.min(WIDEST, width);
  return (
    <>
      <section className="page-card" aria-labelledby="figures">
        <h2 id="figures">{say('figures')}</h2>
        <dl className="report-figures">
          {view.figures.map(([name, value]) => (
            <div key={name}>
              <dt className="crmjira-sub">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="page-card" aria-labelledby="burn-up">
        <h2 id="burn-up">{say('burnUp')}</h2>
        <div ref={place} className="report-chart">
          {view.chart === null ? (
            <p>{say('noHistory')}</p>
          ) : (
            chartPart(burnUp(view.chart, wide, HEIGHT, wide < NARROW_BELOW, measure), 'report', view.chartSays)
          )}
        </div>
      </section>
      <Table id="by-month" title={say('byMonth')} table={view.months} none={say('noHistory')} />
      <Table id="by-category" title={say('byCategory')} table={view.categories} none={say('noCategories')} />
    </>
  );
}

function Table(props: {
  readonly id: string;
  readonly title: string;
  readonly table: ReportTable | null;
  readonly none: string;
}) {
  const { id, title, table, none } = props;
  return (
    <section className="page-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {table === null || table.rows.length === 0 ? (
        <p className="page-content">{none}</p>
      ) : (
        <table className="page-table report-table" aria-labelledby={id}>
          <thead>
            <tr>
              {table.head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <Row key={row[0]} row={row} head={table.head} />
            ))}
          </tbody>
          {table.foot && (
            <tfoot>
              <Row row={table.foot} head={table.head} />
            </tfoot>
          )}
        </table>
      )}
    </section>
  );
}

function Row({ row, head }: { readonly row: readonly string[]; readonly head: readonly string[] }) {
  const [name, ...values] = row;
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((value, index) => (
        <td key={head[index + 1]} data-label={value === '' ? undefined : head[index + 1]}>
          {value}
        </td>
      ))}
    </tr>
  );
}
