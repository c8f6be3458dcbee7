import { dayNumber, moneyFromDecimal, remainingBudget, toDecimal, utilization } from '@crmjira/domain';
import { formatDayRange, formatNumber } from '@crmjira/form-data';
import type { FigureView } from './burn-view';
import type { Figures } from './figures';
import type { Formatter } from './formatter';

/** The two figures beside the bar: forecast and run-out, or variance and duration of a completed project. */
export function figureTexts(figures: Figures, formatter: Formatter): readonly FigureView[] {
  const { say } = formatter;
  return figures.state === 'completed'
    ? [
        { label: say('variance'), ...variance(figures, formatter) },
        { label: say('duration'), ...duration(figures, formatter) },
      ]
    : [
        { label: say('forecast'), ...completion(figures, formatter) },
        { label: say('runOut'), ...runOut(figures, formatter) },
      ];
}

type Told = Omit<FigureView, 'label'>;

/** @param quiet nothing known */
function told(value: string, note: string, quiet = false): Told {
  return { value, note, quiet };
}

function completion({ forecast, doneFraction, freshness }: Figures, formatter: Formatter): Told {
  const { say, whole } = formatter;
  const { completion: range, confidence } = forecast;
  const percent = formatter.inPercent((doneFraction ?? 0) * 100, 0);
  if (confidence === 'too-early') return told(say('chip.tooEarly'), say('chip.tooEarly.note', { percent }), true);
  if (!range) return told(say('unknown'), say('noEstimate'), true);
  const [low, high] = [whole(range.low), whole(range.high)];
  const value = range.low.minor === range.high.minor ? say('about', { value: low }) : say('range', { low, high });
  if (freshness.kind !== 'fresh') {
    return told(value, say('asOf', { time: formatter.moment(freshness.figuresFrom) }));
  }
  const sure = say(confidence === 'reliable' ? 'reliable' : 'indicative');
  return told(value, doneFraction === null ? sure : say('forecast.note', { confidence: sure, percent }));
}

function runOut(
  { forecast: { exhaustion }, freshness, at }: Figures,
  { say, money, format, date, dateShort, dayOf }: Formatter,
): Told {
  if (exhaustion?.kind === 'ran-out') {
    // Since the newest reading: the day on the user's clock, as in the table (R-2308).
    return told(say('runOut.on', { date: date(exhaustion.on ?? dayOf(at)) }), say('review'));
  }
  if (freshness.kind !== 'fresh') {
    // What has another reason than Jira's silence does not resume by an answer.
    return told(say('runOut.stale'), freshness.kind === 'failing' && freshness.reason ? '' : say('runOut.stale.note'));
  }
  if (exhaustion?.kind === 'range') {
    return told(
      formatDayRange(exhaustion.earliest, exhaustion.latest, format.dates),
      say('runOut.note', {
        date: dateShort(exhaustion.centre),
        amount: money(exhaustion.perDay),
        days: String(exhaustion.paceDays),
      }),
    );
  }
  if (exhaustion?.kind === 'not-before-completion') return told(say('runOut.never'), '');
  const note = exhaustion?.kind === 'no-spending' ? 'runOut.idle' : 'runOut.days';
  return told(say('unknown'), say(note, { days: String(exhaustion?.days) }), true);
}

/** R-807, @param over share of the approved amount, percent; negative when something is left */
function ratingOf(over: number): 'excellent' | 'good' | 'fair' | 'poor' {
  if (over <= 0) return 'excellent';
  if (over <= 5) return 'good';
  return over <= 10 ? 'fair' : 'poor';
}

function variance({ approved, spent }: Figures, { say, money, inPercent }: Formatter): Told {
  const difference = remainingBudget(spent, approved);
  const share = utilization(difference, approved, 1) ?? 0;
  return told(
    say('amount', { amount: money(difference), percent: inPercent(share) }),
    // Of nothing approved any spending is more than every share (R-807, as the final report has it).
    // By the exact share: what is shown is rounded.
    say('efficiency', {
      rating: say(ratingOf(approved.minor > 0 ? (difference.minor / approved.minor) * 100 : spent.minor)),
    }),
  );
}

function duration({ mapping, spent, day }: Figures, formatter: Formatter): Told {
  const { say, format } = formatter;
  const { periodFrom, completedOn, hours: total } = mapping;
  // No hours: nothing to say about an hour.
  const note = total
    ? say(total === 1 ? 'hours.one' : 'hours', {
        hours: formatter.inHours(total),
        rate: formatter.money(moneyFromDecimal((toDecimal(spent) / total).toFixed(4), spent.currency)),
      })
    : '';
  if (!periodFrom) return told(say('unknown'), note, true);
  // the last day does not count, and a project takes a day at least.
  const days = Math.max(1, dayNumber((completedOn ?? day).slice(0, 10)) - dayNumber(periodFrom.slice(0, 10)));
  return told(say(days === 1 ? 'days.one' : 'days', { days: formatNumber(days, 0, format.numbers) }), note);
}
