import { BudgetSource, Health } from '@crmjira/domain';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import type { ConnectionHealth, DependencyHealth } from './health-figures';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

/** A figure of a card in words. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** It begins a row, however many stand in the one before. */
  readonly begins?: boolean;
}

type Words = Say<typeof integrationHealthTexts>;

const KINDS = {
  [BudgetSource.BudgetModule]: 'contract',
  [BudgetSource.TempoCloud]: 'tempo',
  [BudgetSource.ComputedWorklogsRate]: 'computed',
} as const satisfies Readonly<Record<BudgetSource, keyof typeof integrationHealthTexts>>;

/** Up to this many of a unit are said in it, so that a wait of three minutes is not read as 180 s. */
const AT_MOST = 120;
const MINUTE = 60;
const HOUR = 3_600;

function secondsOf(milliseconds: number | null, say: Words, format: PageFormat): string {
  return milliseconds === null ? say('figureUnknown') : say('seconds', { n: format.number(milliseconds / 1_000, 2) });
}

/** A length of time in the unit that suits it. @param seconds 0 and more */
function durationOf(seconds: number, say: Words, format: PageFormat): string {
  if (seconds < AT_MOST) return say('seconds', { n: format.number(seconds) });
  if (seconds < AT_MOST * MINUTE) return say('minutes', { n: format.number(seconds / MINUTE) });
  return say('hoursLong', { n: format.number(seconds / HOUR) });
}

function endsOf(daysLeft: number | null, say: Words, format: PageFormat): string {
  if (daysLeft === null) return say('figureUnknown');
  if (daysLeft === 0) return say('ended');
  return daysLeft === 1 ? say('oneDay') : say('days', { n: format.number(daysLeft) });
}

/** What is to be done about what ends soon; null where the day is not known. Pure. */
export function expirySentence(daysLeft: number | null, say: Words, format: PageFormat): string | null {
  if (daysLeft === null) return null;
  return daysLeft === 0 ? say('expired') : say('expiresSoon', { n: endsOf(daysLeft, say, format) });
}

function figuresOfSource({ source }: DependencyHealth, say: Words, format: PageFormat): readonly Figure[] {
  const { kind, rate, currency, delaySeconds } = source;
  const rated = rate === null || currency === null ? say('unknown') : `${format.number(rate, 2)}\u00a0${currency}`;
  return [
    { name: say('kind'), value: kind === null ? say('unknown') : say(KINDS[kind]) },
    // The budget contract tells amounts: no rate is used there.
    ...(kind === BudgetSource.BudgetModule ? [] : [{ name: say('defaultRate'), value: rated }]),
    { name: say('delay'), value: delaySeconds === null ? say('noData') : durationOf(delaySeconds, say, format) },
  ];
}

/** The figures that a card begins with, in their order; what is not known is said to be so, never shown as 0. Pure. */
export function figuresOf(
  { waiting, oldestSeconds }: Pick<ConnectionHealth, 'waiting' | 'oldestSeconds'>,
  state: DependencyHealth,
  say: Words,
  format: PageFormat,
): readonly Figure[] {
  const { name, health, responseMs, limitMs, callsPerMinute, daysLeft } = state;
  const response = { name: say('response'), value: secondsOf(responseMs, say, format) };
  switch (name) {
    case 'jira':
      return [
        response,
        { name: say('limit'), value: secondsOf(limitMs, say, format) },
        { name: say('ends'), value: endsOf(daysLeft, say, format) },
      ];
    case 'dataverse':
      return [
        response,
        { name: say('queue'), value: waiting === null ? say('figureUnknown') : format.number(waiting) },
        {
          name: say('oldest'),
          value: oldestSeconds === null ? say('figureUnknown') : durationOf(oldestSeconds, say, format),
        },
      ];
    case 'budgetSource':
      return figuresOfSource(state, say, format);
    case 'gateway':
      return [
        { name: say('state'), value: say(health === Health.Down ? 'notConnected' : 'connected') },
        {
          name: say('load'),
          value:
            callsPerMinute === null ? say('figureUnknown') : say('perMinute', { n: format.number(callsPerMinute) }),
        },
        { name: say('certificate'), value: daysLeft === null ? say('unknown') : endsOf(daysLeft, say, format) },
      ];
  }
}

/**
 * What stands behind the times, where a side has more figures than the first row holds. Pure.
 * @param isOneOfSeveral there are other connections
 */
export function lastFiguresOf(
  { name, responseMs, daysLeft, waiting, dead }: DependencyHealth,
  isOneOfSeveral: boolean,
  say: Words,
  format: PageFormat,
): readonly Figure[] {
  const count = (jobs: number | null): string => (jobs === null ? say('figureUnknown') : format.number(jobs));
  // Of a single connection the tiles tell.
  if (name === 'jira' && isOneOfSeveral)
    return [
      { name: say('toRetry'), value: count(waiting), begins: true },
      { name: say('deadLetters'), value: count(dead) },
    ];
  if (name === 'dataverse') return [{ name: say('ends'), value: endsOf(daysLeft, say, format) }];
  if (name === 'budgetSource') return [{ name: say('response'), value: secondsOf(responseMs, say, format) }];
  return [];
}
