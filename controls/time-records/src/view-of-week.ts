import { addDays, CommandState, dayOf, totalWeek } from '@crmjira/domain';
import {
  type HostFacts,
  type IconName,
  type TimeState,
  type Tone,
  type Words,
  chip,
  formatDayRange,
  formatDuration,
  formatHours,
  formatTime,
  secondsOf,
  timeState,
  userDay,
} from '@crmjira/form-data';
import type { StringKey } from './generated/string-keys';
import type { Week, WeekRecord } from './read-week';
import { type Run, isRunning } from './use-sync';
import type { DayView, GroupView, ResultView, RowView, WeekView } from './week-view';

export interface WeekContext {
  readonly host: HostFacts;
  readonly say: Words<StringKey>;
  readonly monday: string;
  readonly now: string;
  readonly week: Week;
  readonly mayCommand: boolean;
  readonly selected: ReadonlySet<string>;
  readonly run: Run | null;
  readonly onlyFailed: boolean;
}

const STATES: Readonly<Record<TimeState, readonly [Tone, IconName, StringKey]>> = {
  running: ['brand', 'Play', 't.runs'],
  noIssue: ['off', 'Remove', 't.noiss'],
  syncing: ['brand', 'ProgressRingDots', 'w.ing'],
  waiting: ['off', 'Clock', 'w.wait'],
  failed: ['over', 'ErrorBadge', 'w.err'],
  gone: ['warn', 'RemoveLinkX', 'w.gone'],
  overlap: ['warn', 'Warning', 'w.over'],
  changed: ['warn', 'Edit', 'w.chg'],
  synced: ['ok', 'Completed', 'w.ok'],
  not: ['off', 'Cloud', 'w.not'],
};

/** What a sync is of use for. */
const USABLE: readonly TimeState[] = ['not', 'changed', 'failed', 'gone'];

const EIGHT_HOURS = 8 * 3_600;

/** Name of a day in the person's language. */
const named = (day: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(day));

const fullName = (day: string, { format }: HostFacts): string =>
  named(day, format.locale, { weekday: 'long', month: 'long', day: 'numeric' });

/** Seconds of a record until now, where it still runs. */
const lasting = (record: WeekRecord, now: string): number =>
  secondsOf(record) ?? Math.max(0, secondsOf({ ...record, timeOut: now }) ?? 0);

export const monthRange = (monday: string, { format }: HostFacts): string =>
  formatDayRange(monday, dayOf(addDays(monday, 6)), format.dates);

/** Of a record in a run that has not come to it. */
function stateIn(record: WeekRecord, run: Run | null): TimeState {
  const at = isRunning(run) ? run.ids.indexOf(record.id) : -1;
  const state = timeState(record);
  if (at < 0 || !isRunning(run) || record.error || (!record.isRequested && at < run.done)) return state;
  return at > run.done ? 'waiting' : 'syncing';
}

export function weekView(context: WeekContext): WeekView {
  const { host, say, monday, now, week, run, selected, onlyFailed } = context;
  const { dates } = host.format;
  const { records, connection, target } = week;
  const today = userDay(now, dates);
  const dayOfRecord = ({ timeIn }: WeekRecord): string => userDay(timeIn ?? now, dates);
  const totals = totalWeek(
    monday,
    today,
    target,
    records.flatMap((record) => {
      const seconds = secondsOf(record);
      if (seconds === null) return [];
      const there = record.worklogId ? (record.jiraSeconds ?? 0) : 0;
      return [{ day: dayOfRecord(record), seconds, inJira: Math.min(there, seconds) }];
    }),
  );
  const may = context.mayCommand && !!connection && !host.offline && !isRunning(run);
  const rowOf = (record: WeekRecord): RowView => {
    const state = stateIn(record, run);
    const [tone, icon, key] = STATES[state];
    const end = record.timeOut ? formatTime(record.timeOut, dates) : say('t.now').toLowerCase();
    return {
      ...{ state, tone, icon, text: say(key) },
      id: record.id,
      name: record.subject ?? '',
      regarding: record.regarding,
      time: `${formatTime(record.timeIn ?? now, dates)}–${end}`,
      duration: formatHours(lasting(record, now)),
      issueKey: record.issueKey,
      issue: record.issue,
      error: (state === 'failed' && record.error?.replace(/\n/g, ' ')) || '',
      isUsable: may && USABLE.includes(state),
      isSelected: selected.has(record.id),
    };
  };
  const groups = totals.days.flatMap((total): GroupView[] => {
    const own = records.flatMap((record) => {
      const row = dayOfRecord(record) === total.day ? rowOf(record) : null;
      return row && (!onlyFailed || row.state === 'failed') ? [row] : [];
    });
    if (own.length === 0) return [];
    const running = records.find((record) => !record.timeOut && dayOfRecord(record) === total.day);
    const b = formatHours(total.target);
    const note = !total.target
      ? ''
      : running
        ? say('day.running', { b, d: formatDuration(Math.floor(lasting(running, now) / 60) * 60) })
        : total.left
          ? say('day.left', { b, d: formatDuration(total.left) })
          : say('day.of', { b });
    return [{ day: total.day, title: fullName(total.day, host), total: formatHours(total.seconds), note, rows: own }];
  });
  const most = Math.max(EIGHT_HOURS, ...totals.days.map(({ seconds }) => seconds));
  const days = totals.days.map((total): DayView => {
    const { day, seconds, inJira, left } = total;
    const name = fullName(day, host);
    const [weekday, date] = [named(day, host.format.locale, { weekday: 'short' }), String(Number(day.slice(8)))];
    const d = formatDuration(seconds) + (total.target ? ` / ${formatDuration(total.target)}` : '');
    return {
      day,
      caption: `${weekday} ${date}`,
      isToday: day === today,
      total: seconds ? formatHours(seconds) : '–',
      said: say('day.said', { day: name, d }),
      height: seconds / most,
      solid: inJira / most,
      target: total.target ? total.target / most : null,
      isComplete: total.target > 0 && seconds >= total.target,
      left: left ? formatHours(left) : '',
      leftSaid: `${say('t.log', { d: formatHours(left) })}, ${name}`,
    };
  });
  return {
    range: monthRange(monday, host),
    isConnected: !!connection,
    connection: connection
      ? connection.reason && !connection.isWorking
        ? chip('warn', 'PlugDisconnected', say('c.ind3'))
        : chip('ok', 'PlugConnected', say('c.ind1', { h: hostOf(connection.url) }))
      : chip('neutral', 'RemoveLinkX', say('c.ind2')),
    total: formatHours(totals.seconds),
    of: say('t.of', { a: '', b: formatHours(totals.target) }).trim(),
    left: totals.left ? say('t.left', { d: formatDuration(totals.left) }) : '',
    days,
    groups,
    foot: footOf(records.map(rowOf), say),
    result: run && resultOf(run, context),
  };
}

const hostOf = (url: string | null): string => (url ?? '').replace(/^\w+:\/\/|\/.*$/g, '');

/** In the order in which something is left to do. */
const COUNTED: readonly TimeState[] = [
  ...(['failed', 'not', 'changed', 'gone', 'waiting', 'syncing', 'synced', 'noIssue', 'running'] as const),
];

function footOf(rows: readonly RowView[], say: WeekContext['say']): readonly string[] {
  const counts = COUNTED.flatMap((state) => {
    const n = rows.filter((row) => row.state === state).length;
    return n ? [`${say(STATES[state][2])} ${n}`] : [];
  });
  const [first = '', ...others] = counts;
  const n = String(rows.length);
  return [
    say(rows.length === 1 ? 'records.one' : 'records.many', { n }),
    [first, ...others.map((text) => text.charAt(0).toLowerCase() + text.slice(1))].join(', '),
  ];
}

function resultOf(run: Run, { say, week }: WeekContext): ResultView | null {
  const asked = week.records.filter(({ id }) => run.ids.includes(id));
  const failed = asked.filter(({ error }) => error);
  const m = run.ids.length;
  const errors = failed.map(({ subject, error }) => [subject ?? '', error?.replace(/\n/g, ' ') ?? ''] as const);
  const none = { errors: [], share: 0, text: '' };
  if (run.isNotSent)
    return { ...none, kind: 'notSent', tone: 'over', icon: 'ErrorBadge', strong: say('notSent'), news: say('notSent') };
  if (!run.isOver) {
    const f = failed.length;
    const strong = say('t.prog', { n: String(run.done), m: String(m), f: String(f) });
    const [name, error] = errors.at(-1) ?? [];
    const begun = say('t.prog', { n: '0', m: String(m), f: '0' });
    return {
      ...{ errors: [], share: run.done / m, text: say('t.prog.2') },
      ...{ kind: 'running', tone: 'brand', icon: 'ProgressRingDots', strong },
      news: name ? say('failed.said', { name, error: error ?? '' }) : begun,
    };
  }
  if (run.state <= CommandState.Running)
    return { ...none, kind: 'long', tone: 'warn', icon: 'Clock', strong: say('long'), news: say('long') };
  const there = asked.filter((record) => !record.error && timeState(record) === 'synced');
  const left = m - failed.length - there.length;
  const counts = { s: String(there.length), f: String(failed.length), r: String(left) };
  if (run.isStopped && left > 0) {
    const strong = say('t.stop', counts);
    return { ...none, errors, kind: 'stopped', tone: 'warn', icon: 'Stop', strong, news: strong };
  }
  // What was refused as a whole stands in no record.
  const refused = run.state !== CommandState.Done && failed.length === 0 ? run.result : null;
  if (failed.length > 0 || refused) {
    const strong = refused ?? say('t.res', counts);
    return { ...none, errors, kind: 'failed', tone: 'over', icon: 'ErrorBadge', strong, news: strong };
  }
  const d = formatDuration(there.reduce((sum, record) => sum + (secondsOf(record) ?? 0), 0));
  const strong = say('t.resok', { n: String(m) });
  return { ...none, kind: 'ok', tone: 'ok', icon: 'Completed', strong, text: say('t.resok.2', { d }), news: strong };
}
