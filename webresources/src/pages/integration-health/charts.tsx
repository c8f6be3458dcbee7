import * as React from 'react';
import { type Language, type OperationType, operationTypeLabels } from '@crmjira/domain';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { donut } from './geometry/donut';
import { lineChart } from './geometry/line-chart';
import type { Line, Share } from './health-figures';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

interface ChartProps {
  readonly say: Say<typeof integrationHealthTexts>;
  readonly language: Language;
  readonly format: PageFormat;
}

/** Pixels; a name of a French operation stands beside it in a quarter of 1280. */
const SIZE = 120;

/** Colour and dash of an operation: never colour alone. */
const classOf = (operation: OperationType): string => `operation-${operation}`;

export function VolumeChart(
  props: ChartProps & { readonly lines: readonly Line[]; readonly days: readonly string[]; readonly width: number },
): React.ReactElement {
  const { say, language, format, lines, days, width } = props;
  const nameOf = (operation: OperationType): string => operationTypeLabels[operation][language];
  const picture = lineChart({
    lines: lines.map(({ rows }) => rows),
    days,
    width,
    height: 216,
    left: 40,
    right: width < 420 ? 8 : 120,
    number: (value) => format.number(value),
    day: format.day,
  });
  const { plot } = picture;
  const last = days.at(-1) ?? '';
  const parts = lines.map(({ operation, rows }) => `${nameOf(operation)} ${format.number(rows.at(-1) ?? 0)}`);
  return (
    <>
      <svg
        role="img"
        aria-label={say('volumeSentence', { day: format.day(last), parts: parts.join(', ') })}
        width={picture.width}
        height={picture.height}
        className="chart"
      >
        {picture.rows.map((row) => (
          <g key={row.value}>
            <path d={`M${plot.left} ${row.at}H${plot.right}`} className={row.value === 0 ? 'axis' : 'grid'} />
            <text x={plot.left - 6} y={row.at + 4} textAnchor="end">
              {row.text}
            </text>
          </g>
        ))}
        {picture.days.map((day, index) => (
          <text
            key={day.text}
            x={day.at}
            y={plot.bottom + 18}
            textAnchor={index === picture.days.length - 1 ? 'end' : 'middle'}
          >
            {day.text}
          </text>
        ))}
        {lines.map(({ operation, rows }, index) => (
          <g key={operation}>
            <path d={picture.paths[index]} className={`line ${classOf(operation)}`} />
            {width >= 420 && (
              <text x={plot.right + 8} y={(picture.ends[index] ?? 0) + 4}>
                <tspan className="chart-name">{nameOf(operation)}</tspan> {format.number(rows.at(-1) ?? 0)}
              </text>
            )}
          </g>
        ))}
      </svg>
      {width < 420 && (
        // The picture's own sentence says the same.
        <ul className="chart-legend" aria-hidden="true">
          {lines.map(({ operation, rows }) => (
            <li key={operation}>
              <svg width={24} height={8} className="chart">
                <path d="M0 4H24" className={`line ${classOf(operation)}`} />
              </svg>
              {nameOf(operation)} {format.number(rows.at(-1) ?? 0)}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{say('showFigures')}</summary>
        <div className="scroll" role="region" aria-label={say('volume')} tabIndex={0}>
          <table className="page-table">
            <thead>
              <tr>
                <th scope="col">{say('day')}</th>
                {lines.map(({ operation }) => (
                  <th key={operation} scope="col">
                    {nameOf(operation)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days.entries()].reverse().map(([index, day]) => (
                <tr key={day}>
                  <th scope="row">{format.day(day)}</th>
                  {lines.map(({ operation, rows }) => (
                    <td key={operation}>{format.number(rows[index] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

export function OperationsChart(
  props: Omit<ChartProps, 'say'> & { readonly shares: readonly Share[] },
): React.ReactElement {
  const { language, format, shares } = props;
  const paths = donut({ parts: shares.map(({ rows }) => rows), size: SIZE, hole: 34 });
  const all = shares.reduce((sum, { rows }) => sum + rows, 0);
  return (
    <div className="operations">
      <svg width={SIZE} height={SIZE} aria-hidden="true" className="chart">
        {shares.map(({ operation }, index) => (
          <path key={operation} d={paths[index]} className={`slice ${classOf(operation)}`} />
        ))}
        <text x={SIZE / 2} y={SIZE / 2 + 5} textAnchor="middle" className="chart-total">
          {format.number(all)}
        </text>
      </svg>
      <dl>
        {shares.map(({ operation, rows, percent }) => (
          <div key={operation}>
            <dt>
              <span className={`swatch ${classOf(operation)}`} aria-hidden="true" />
              {operationTypeLabels[operation][language]}
            </dt>
            <dd className="crmjira-sub">
              {format.number(rows)} · {format.percent(percent, 1)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
