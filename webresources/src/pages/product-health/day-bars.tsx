import * as React from 'react';
import type { PeriodFigures } from '@crmjira/domain';
import { type Say, counted } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useWidth } from '../platform/use-width';
import { barChart, dayNames } from '../platform/bar-chart';
import type { productHealthTexts } from '../../strings/generated/product-health';

const HEIGHT = 210;
const BRACKET = 22;
const PERIOD = 7;
/** Pixels of a letter of the brackets, on average and rounded up. */
const LETTER = 6;

/** Bars of two periods, the one before outlined, and today, which counts in neither. */
export function DayBars(props: {
  readonly kind: 'events' | 'resolved';
  readonly figures: PeriodFigures;
  readonly facts: PageFacts;
  readonly say: Say<typeof productHealthTexts>;
}): React.ReactElement {
  const { kind, figures, facts, say } = props;
  const { format } = facts;
  const [place, width] = useWidth(400);
  const isNarrow = width < 420;
  const days = figures.days.map(({ day }) => day);
  const values = [...figures.days.map(({ count }) => count), figures.today];
  const names = [...dayNames(days, format.day, isNarrow), say('todayAxis')];
  const picture = barChart(values, names, { width, height: HEIGHT, left: isNarrow ? 20 : 26 });
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  const total = (n: number): string => counted(say, kind === 'events' ? 'eventsN' : 'resolvedN', n, format);
  const edge = (index: number): number => picture.bars[index]?.x ?? 0;
  /** @param short in place of a text that is longer than its bracket */
  const bracket = (from: number, long: string, short: string): React.ReactElement => {
    const [begin, end] = [edge(from), edge(from + PERIOD - 1) + picture.barWidth];
    const text = long.length * LETTER > end - begin ? short : long;
    return (
      <g key={from}>
        <path d={`M${begin} ${HEIGHT - 4}v4H${end}v-4`} className="bracket" />
        <text x={(begin + end) / 2} y={HEIGHT + 15} textAnchor="middle" className="chart-name">
          {text}
        </text>
      </g>
    );
  };
  return (
    <div ref={place}>
      <svg
        role="img"
        className="chart"
        width={width}
        height={HEIGHT + (isNarrow ? 0 : BRACKET)}
        aria-label={say(kind === 'events' ? 'chartEvents' : 'chartResolved', {
          from: format.day(first),
          to: format.day(last),
          figures: figures.days.map(({ count }) => format.number(count)).join(', '),
          last: format.number(figures.last),
          before: format.number(figures.before),
          today: format.number(figures.today),
        })}
      >
        {picture.rows.map(({ value, at }) => (
          <g key={value}>
            <path d={`M${picture.left} ${at}H${width}`} className={value === 0 ? 'axis' : 'grid'} />
            <text x={picture.left - 6} y={at + 4} textAnchor="end">
              {format.number(value)}
            </text>
          </g>
        ))}
        {picture.bars.map(({ x, y, height, value, name }, index) => (
          <g key={x}>
            <rect
              x={x}
              y={y}
              width={picture.barWidth}
              height={height}
              className={index < PERIOD ? 'bar-before' : index < 2 * PERIOD ? 'bar-last' : 'bar-today'}
            />
            <text x={x + picture.barWidth / 2} y={y - 4} textAnchor="middle" className="chart-name">
              {format.number(value)}
            </text>
            {name && (
              <text
                x={index === 2 * PERIOD ? width : index === 0 ? x : x + picture.barWidth / 2}
                y={picture.bottom + 14}
                textAnchor={index === 2 * PERIOD ? 'end' : index === 0 ? 'start' : 'middle'}
              >
                {name}
              </text>
            )}
          </g>
        ))}
        {!isNarrow && [
          bracket(
            0,
            say('bracketBefore', { n: total(figures.before), y: format.number(figures.beforePerDay, 1) }),
            total(figures.before),
          ),
          bracket(
            PERIOD,
            say('bracketLast', { n: total(figures.last), y: format.number(figures.lastPerDay, 1) }),
            total(figures.last),
          ),
        ]}
      </svg>
      <details>
        <summary>{say('showFigures')}</summary>
        <div className="scroll" role="region" aria-label={say('showFigures')} tabIndex={0}>
          <table className="page-table">
            <thead>
              <tr>
                <th scope="col">{say('day')}</th>
                <th scope="col">{say('count')}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{say('today')}</th>
                <td>{format.number(figures.today)}</td>
              </tr>
              {[...figures.days].reverse().map(({ day, count }) => (
                <tr key={day}>
                  <th scope="row">{format.day(day)}</th>
                  <td>{format.number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}
