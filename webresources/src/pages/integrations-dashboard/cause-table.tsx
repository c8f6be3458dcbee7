import * as React from 'react';
import { type Change, changeOf } from '../integrations/run-figures';
import { causeText, hintText } from '../integrations/run-words';
import { PageIcon } from '../platform/page-icon';
import { ScrollTable } from '../platform/scroll-table';
import type { Shown } from './shown';

const SPARK = { width: 98, height: 24, period: 7 };

/** Why runs failed, the last 7 days against the 7 before, and what to check first (R-1411, R-1603). */
export function CauseTable(shown: Shown): React.ReactElement {
  const { figures, facts, say, sayShared } = shown;
  const { format } = facts;
  const { causes, now, before } = figures;
  const highest = Math.max(1, ...causes.flatMap(({ daily }) => daily));
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('byCause')}</h2>
        <p className="crmjira-sub page-spread">{say('byCauseNote')}</p>
      </div>
      {causes.length === 0 ? (
        <p className="page-content">{say('noErrors')}</p>
      ) : (
        <ScrollTable name={say('byCause')}>
          <thead>
            <tr>
              <th scope="col">{say('cause')}</th>
              <th scope="col">{say('fourteenDays')}</th>
              <th scope="col" className="page-number">
                {say('now')}
              </th>
              <th scope="col" className="page-number">
                {say('beforeHead')}
              </th>
              <th scope="col">{say('change')}</th>
            </tr>
          </thead>
          <tbody>
            {causes.map((one) => (
              <tr key={one.cause ?? 0}>
                <th scope="row">
                  <b className="crmjira-strong">{causeText(one.cause, sayShared)}</b>
                  <small>{hintText(one.cause, sayShared)}</small>
                </th>
                <td>
                  <Spark daily={one.daily} highest={highest} />
                  <span className="crmjira-hidden">{one.daily.map((n) => format.number(n)).join(', ')}</span>
                </td>
                <td className="page-number">
                  <b className="crmjira-strong">{format.number(one.now)}</b>
                </td>
                <td className="page-number">{format.number(one.before)}</td>
                <td className="page-nowrap">
                  <ChangeText change={changeOf(one.now, one.before)} {...shown} />
                </td>
              </tr>
            ))}
            <tr className="page-sum">
              <th scope="row">{say('sum')}</th>
              <td />
              <td className="page-number">{format.number(now.failed)}</td>
              <td className="page-number">{format.number(before.failed)}</td>
              <td className="page-nowrap">
                <ChangeText change={changeOf(now.failed, before.failed)} {...shown} />
              </td>
            </tr>
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}

function ChangeText({ change, facts, say }: Shown & { readonly change: Change }): React.ReactElement {
  if (change.kind === 'new' || change.kind === 'same') return <>{say(change.kind)}</>;
  return (
    <span className="page-withicon">
      <PageIcon name={change.kind === 'up' ? 'ChevronUp' : 'ChevronDown'} />
      {say(change.kind, { p: facts.format.percent(change.percent, 0) })}
    </span>
  );
}

/** Bars without numbers, which stand beside them; all causes on one scale. */
function Spark({
  daily,
  highest,
}: {
  readonly daily: readonly number[];
  readonly highest: number;
}): React.ReactElement {
  const pitch = SPARK.width / daily.length;
  return (
    <svg className="chart spark" width={SPARK.width} height={SPARK.height} aria-hidden="true">
      {daily.map((value, index) => {
        const height = value === 0 ? 0 : Math.max(2, (value / highest) * (SPARK.height - 2));
        return (
          <rect
            // one bar a day
            key={index}
            x={index * pitch + 1}
            y={SPARK.height - 1 - height}
            width={pitch - 2}
            height={height}
            className={index < SPARK.period ? 'spark-before' : 'spark-now'}
          />
        );
      })}
      <path d={`M0 ${SPARK.height - 0.5}H${SPARK.width}`} className="axis" />
    </svg>
  );
}
