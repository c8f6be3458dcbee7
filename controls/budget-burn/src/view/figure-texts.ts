import { dayNumber, moneyFromDecimal, remainingBudget, toDecimal } from '@crmjira/domain';
import { formatDay, formatDayRange, formatDayShort, formatMoment, formatNumber } from '@crmjira/form-data';
import type { FigureView } from './burn-view';
import type { Figures } from './figures';
import type { Telling } from './telling';

/** The two figures beside the bar: forecast and run-out, or variance and duration of a completed project. */
export function figureTexts(figures: Figures, tell: Telling): readonly FigureView[] {
  if (figures.state === 'completed') return [variance(figures, tell), duration(figures, tell)];
  return [completion(figures, tell), runOut(figures, tell)];
}

function completion({ forecast, doneFraction, freshness }: Figures, tell: Telling): FigureView {
  const { say } = tell;
  const label = say('forecast');
  const done = doneFraction === null ? null : tell.percent(doneFraction * 100, 0);
  if (forecast.confidence === 'too-early' && done !== null) {
    return {
      label,
      value: say('forecast.tooEarly'),
      note: say('forecast.tooEarly.note', { percent: done }),
      quiet: true,
    };
  }
  if (forecast.completion === null) {
    return { label, value: say('unknown'), note: say('forecast.noEstimate'), quiet: true };
  }
  const { low, high } = forecast.completion;
  const value =
    low.minor === high.minor
      ? say('about', { value: tell.whole(low) })
      : say('range', { low: tell.whole(low), high: tell.whole(high) });
  if (freshness.kind !== 'fresh') {
    const from = freshness.figuresFrom;
    return {
      label,
      value,
      note: say('forecast.asOf', { time: formatMoment(from, tell.form.now, tell.format.dates) }),
      quiet: false,
    };
  }
  const sure = say(forecast.confidence === 'reliable' ? 'reliable' : 'indicative');
  const note = done === null ? sure : say('forecast.note', { confidence: sure, percent: done });
  return { label, value, note, quiet: false };
}

function runOut({ forecast, freshness, day }: Figures, tell: Telling): FigureView {
  const { say, format } = tell;
  const label = say('runOut');
  const { exhaustion } = forecast;
  const quiet = true;
  if (exhaustion?.kind === 'ran-out') {
    const value = say('runOut.on', { date: formatDay(exhaustion.on ?? day, format.dates) });
    return { label, value, note: say('review'), quiet: false };
  }
  if (freshness.kind !== 'fresh')
    return { label, value: say('runOut.stale'), note: say('runOut.stale.note'), quiet: false };
  if (exhaustion?.kind === 'range') {
    const note = say('runOut.note', {
      date: formatDayShort(exhaustion.centre, format.dates),
      amount: tell.money(exhaustion.perDay),
      days: String(exhaustion.paceDays),
    });
    return { label, value: formatDayRange(exhaustion.earliest, exhaustion.latest, format.dates), note, quiet: false };
  }
  if (exhaustion?.kind === 'no-spending') {
    return { label, value: say('unknown'), note: say('runOut.idle', { days: String(exhaustion.days) }), quiet };
  }
  return { label, value: say('unknown'), note: say('runOut.needed', { days: '14' }), quiet };
}

/** the share of the approved amount that a project may be over and still be rated so, percent */
const RATINGS = [
  { upTo: 0, key: 'efficiency.excellent' },
  { upTo: 5, key: 'efficiency.good' },
  { upTo: 10, key: 'efficiency.fair' },
] as const;

function variance({ approved, spent }: Figures, tell: Telling): FigureView {
  const difference = remainingBudget(spent, approved);
  const share = approved.minor > 0 ? (difference.minor / approved.minor) * 100 : 0;
  const rating = RATINGS.find(({ upTo }) => share <= upTo)?.key ?? 'efficiency.poor';
  return {
    label: tell.say('variance'),
    value: tell.say('variance.value', { amount: tell.money(difference), percent: tell.percent(share) }),
    note: tell.say('efficiency', { rating: tell.say(rating) }),
    quiet: false,
  };
}

function duration({ mapping, spent, day }: Figures, tell: Telling): FigureView {
  const { say, format } = tell;
  const label = say('duration');
  const { periodFrom, completedOn, hours } = mapping;
  const end = completedOn === null ? day : completedOn.slice(0, 10);
  // the last day does not count, and a project takes a day at least.
  const days = periodFrom === null ? null : Math.max(1, dayNumber(end) - dayNumber(periodFrom.slice(0, 10)));
  const rate =
    hours !== null && hours > 0
      ? tell.money(moneyFromDecimal((toDecimal(spent) / hours).toFixed(4), spent.currency))
      : null;
  let note = '';
  if (hours !== null) {
    const shown = { hours: tell.hours(hours) };
    note = rate === null ? say('hours', shown) : say('duration.note', { ...shown, rate });
  }
  return {
    label,
    value: days === null ? say('unknown') : say('duration.value', { days: formatNumber(days, 0, format.numbers) }),
    note,
    quiet: days === null,
  };
}
