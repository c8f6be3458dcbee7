import * as React from 'react';
import { barChart, dayNames } from '../platform/bar-chart';
import { useWidth } from '../platform/use-width';
import type { Shown } from './shown';

const HEIGHT = 240;
/** Least pixels of failures: one among hundreds is still to be seen. */
const LEAST = 2;

/** Runs of 14 days, the failed ones on top with their number; today has not ended (R-1603). */
export function RunBars({ figures, facts, say }: Shown): React.ReactElement {
  const { format } = facts;
  const [place, width] = useWidth(560);
  const isNarrow = width < 420;
  const days = figures.days.map(({ day }) => day);
  const names = [...dayNames(days.slice(0, -1), format.day, isNarrow), say('today')];
  const picture = barChart(
    figures.days.map(({ runs }) => runs),
    names,
    { width, height: HEIGHT, left: 32 },
  );
  const last = days.length - 1;
  return (
    <section className="page-card" aria-labelledby="runs-a-day">
      <div className="page-cardhead">
        <h2 id="runs-a-day">{say('runsADay')}</h2>
        <p className="crmjira-sub page-spread">{say('runsNote')}</p>
      </div>
      <div ref={place}>
        <svg
          role="img"
          className="chart"
          width={width}
          height={HEIGHT}
          aria-label={say('runsSentence', {
            from: format.day(days[0] ?? ''),
            figures: figures.days.map(({ runs }) => format.number(runs)).join(', '),
            failed: figures.days.map(({ failed }) => format.number(failed)).join(', '),
          })}
        >
          <defs>
            <pattern id="failed-runs" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M1 0V5" className="hatch" />
            </pattern>
          </defs>
          {picture.rows.map(({ value, at }) => (
            <g key={value}>
              <path d={`M${picture.left} ${at}H${width}`} className={value === 0 ? 'axis' : 'grid'} />
              <text x={picture.left - 6} y={at + 4} textAnchor="end">
                {format.number(value)}
              </text>
            </g>
          ))}
          {picture.bars.map(({ x, y, height, value, name }, index) => {
            const failed = figures.days[index]?.failed ?? 0;
            const top = failed === 0 ? 0 : Math.max(LEAST, (height * failed) / Math.max(value, 1));
            return (
              <g key={x}>
                <rect
                  x={x}
                  y={y + Math.min(top, height)}
                  width={picture.barWidth}
                  height={Math.max(0, height - top)}
                  className={index === last ? 'run-today' : 'run-good'}
                />
                {failed > 0 && (
                  <>
                    <rect x={x} y={y} width={picture.barWidth} height={top} className="run-failed" />
                    <text x={x + picture.barWidth / 2} y={y - 5} textAnchor="middle">
                      {format.number(failed)}
                    </text>
                  </>
                )}
                <text x={x + picture.barWidth / 2} y={picture.bottom + 16} textAnchor="middle">
                  {name}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
      <details>
        <summary>{say('showFigures')}</summary>
        <p className="crmjira-sub">{say('utcDays')}</p>
        <div className="scroll" role="region" aria-label={say('runsADay')} tabIndex={0}>
          <table className="page-table">
            <thead>
              <tr>
                {[say('day'), say('runs'), say('failures')].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...figures.days].reverse().map(({ day, runs, failed }) => (
                <tr key={day}>
                  <th scope="row">{format.day(day)}</th>
                  <td>{format.number(runs)}</td>
                  <td>{format.number(failed)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
