import {
  type ExplainAnswer,
  type ExplainedField,
  type Language,
  type Standing,
  standingNextText,
  standingText,
  valueText,
} from '@crmjira/domain';
import { formatDuration, type MessageView } from '@crmjira/form-data';
import { type AskedOf, isAnswered } from '../../commands/ask-about';
import type { explainSyncTexts } from '../../strings/generated/explain-sync';
import type { NoticeView } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';

export interface Speaking {
  readonly say: Say<typeof explainSyncTexts>;
  readonly language: Language;
  readonly format: PageFormat;
}

/** Seconds after which it is said that there is still no answer, and after which the service is taken to be away. */
const SLOW = 5;
const AWAY = 30;

/** The service's own document; null where it tells none, as of a question that was refused. */
export const answerOf = ({ answer }: AskedOf): ExplainAnswer | null =>
  typeof answer === 'object' && answer !== null && 'standing' in answer ? (answer as ExplainAnswer) : null;

const looks: Readonly<Record<Standing, Pick<MessageView, 'tone' | 'icon'>>> = {
  'in-sync': { tone: 'ok', icon: 'Completed' },
  waiting: { tone: 'brand', icon: 'Clock' },
  retrying: { tone: 'warn', icon: 'Sync' },
  failed: { tone: 'over', icon: 'ErrorBadge' },
  held: { tone: 'warn', icon: 'Lock' },
  person: { tone: 'warn', icon: 'Warning' },
  unread: { tone: 'warn', icon: 'PlugDisconnected' },
  'not-kept': { tone: 'neutral', icon: 'Info' },
  unknown: { tone: 'over', icon: 'ErrorBadge' },
};

/** How the record stands and what to do, and beside it which side has not answered. Pure. */
function answered({ standing, trouble }: ExplainAnswer, { language }: Speaking): readonly NoticeView[] {
  const head = {
    ...looks[standing],
    strong: standingText(standing, language),
    text: standingNextText(standing, language),
  };
  if (trouble === null) return [head];
  return [head, { tone: 'warn', icon: 'PlugDisconnected', strong: trouble.says, text: trouble.remedy ?? '' }];
}

/** What the page says above its cards. Pure. @param waited seconds since the question was sent */
export function noticesOf(asked: AskedOf, waited: number, speaking: Speaking): readonly NoticeView[] {
  const { say, format } = speaking;
  if (asked.notSent === 'forbidden')
    return [{ tone: 'over', icon: 'Lock', strong: say('notAllowed'), text: say('notAllowedNext') }];
  if (asked.notSent !== null)
    return [{ tone: 'over', icon: 'PlugDisconnected', strong: say('notSent'), text: say('notSentNext') }];
  const answer = answerOf(asked);
  if (isAnswered(asked) && answer !== null) return answered(answer, speaking);
  if (isAnswered(asked)) return [{ tone: 'warn', icon: 'Lock', strong: say('refused'), text: asked.result }];
  if (waited >= AWAY)
    return [
      {
        tone: 'warn',
        icon: 'PlugDisconnected',
        strong: say('silent'),
        text: say('silentNext'),
        lines: [`– ${say('checkService')}`, `– ${say('checkSteps')}`],
      },
    ];
  if (waited >= SLOW)
    return [
      {
        tone: 'brand',
        icon: 'ProgressRingDots',
        strong: say('slow', { n: format.number(SLOW) }),
        text: say('slowNext'),
      },
    ];
  return [{ tone: 'brand', icon: 'ProgressRingDots', strong: say('asking'), text: say('askingNext') }];
}

/** A value as people read it; null: that side says nothing. Pure. */
export function shownValue(
  value: string | null,
  as: ExplainedField['as'],
  { language, format }: Speaking,
): string | null {
  if (value === null || as === undefined) return value;
  if (as === 'instant') return format.stamp(value);
  return as === 'seconds' ? formatDuration(Number(value)) : valueText(value, language);
}

/** What the queue says of its run; null: nothing that helps. Pure. */
export function runText({ run }: ExplainAnswer, { say, format }: Speaking, now: string): string | null {
  if (run === null) return null;
  if (run.isRunning) return say('running');
  const t = format.time(run.at, now);
  switch (run.state) {
    case 'waiting':
      return say('due', { t });
    case 'failing':
      return counted(say, 'retried', run.attempts, format).replace('{t}', t);
    case 'dead':
      return say('givenUp', { t });
    case 'done':
      return say('ended', { t });
  }
}
