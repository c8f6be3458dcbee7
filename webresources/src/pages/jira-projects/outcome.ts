import { CommandState } from '@crmjira/domain';
import type { AskedOf } from '../../commands/ask-about';
import type { NoticeView } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import type { Product } from '../platform/read-products';
import type { jiraProjectsTexts } from '../../strings/generated/jira-projects';
import type { JiraFacts, Project } from './jira-view';

interface Speaking {
  readonly say: Say<typeof jiraProjectsTexts>;
  readonly format: PageFormat;
  readonly now: string;
}

/** What a bulk assignment did, by the ids of the rows of its projects. */
export interface AssignAnswer {
  readonly assigned: readonly string[];
  readonly had: readonly string[];
  readonly unchanged: readonly { readonly project: string; readonly reason: string }[];
}

/** What its undo did. */
export interface UndoAnswer {
  readonly undone: readonly string[];
  readonly kept: readonly { readonly project: string; readonly by?: string | null; readonly on?: string | null }[];
}

const hasLists = (answer: unknown, ...names: readonly string[]): boolean =>
  typeof answer === 'object' && answer !== null && names.every((name) => Array.isArray(Reflect.get(answer, name)));

/** Null where the service tells no facts: then its sentence is all. */
export const assignAnswer = (answer: unknown): AssignAnswer | null =>
  // the service's own document, whose lists have been looked for
  hasLists(answer, 'assigned', 'had', 'unchanged') ? (answer as AssignAnswer) : null;

export const undoAnswer = (answer: unknown): UndoAnswer | null =>
  hasLists(answer, 'undone', 'kept') ? (answer as UndoAnswer) : null;

/** How many projects a discovery found for the first time; null where the service does not tell. */
export function foundNew(answer: unknown): number | null {
  const found: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'added') : null;
  return typeof found === 'number' ? found : null;
}

/**
 * What came of a request that has no words of its own: asked, done, refused or failed, in the service's words. Pure.
 * @param name of what it was asked about
 */
export function outcomeOf(asked: AskedOf, begun: string, name: string, { say }: Speaking): NoticeView {
  const { notSent, state, result } = asked;
  if (notSent === 'forbidden')
    return { tone: 'over', icon: 'Lock', strong: say('notAllowed'), text: say('notAllowedNext') };
  if (notSent !== null)
    return { tone: 'over', icon: 'PlugDisconnected', strong: say('notSent'), text: say('notSentNext') };
  switch (state) {
    case CommandState.Done:
      return { tone: 'ok', icon: 'Completed', strong: result || say('doneOf', { name }), text: '' };
    case CommandState.Refused:
      return { tone: 'over', icon: 'Blocked', strong: result || say('failedOf', { name }), text: '' };
    case CommandState.Failed:
      return { tone: 'over', icon: 'ErrorBadge', strong: result || say('failedOf', { name }), text: '' };
    default:
      return { tone: 'brand', icon: 'ProgressRingDots', strong: begun, text: result || say('usually') };
  }
}

/** Why a project was left as it is, as the service names it. */
const REASONS: Readonly<Record<string, 'notChanged' | 'notChangedMoved' | 'notChangedGone'>> = {
  archived: 'notChanged',
  'other-product': 'notChangedMoved',
  gone: 'notChangedGone',
};

/** What a bulk assignment came to, with its undo. Pure. @param jira as it was when it was asked for */
export function assignedNotice(
  answer: AssignAnswer,
  product: Product | null,
  jira: Pick<JiraFacts, 'projects' | 'products'>,
  { say, format }: Speaking,
): NoticeView {
  const project = (id: string): Project | undefined => jira.projects.find((one) => one.id === id);
  const { assigned, had, unchanged } = answer;
  const places = {
    a: format.number(assigned.length),
    p: product?.name ?? '',
    b: format.number(had.length),
    c: format.number(unchanged.length + (product === null ? had.length : 0)),
  };
  const strong =
    product === null
      ? say(assigned.length === 1 ? 'removedOne' : 'removed', places)
      : say(assigned.length === 1 ? 'assignedOne' : 'assigned', places);
  const lines = [
    ...unchanged.map((one) => say(REASONS[one.reason] ?? 'notChangedOther', { key: project(one.project)?.key ?? '' })),
    ...assigned.flatMap((id) => {
      const before = jira.products.find((one) => one.id === project(id)?.productId);
      return before === undefined ? [] : say('movedFrom', { key: project(id)?.key ?? '', p1: before.name });
    }),
  ];
  return { tone: assigned.length > 0 ? 'ok' : 'neutral', icon: 'Completed', strong, text: lines.join(' ') };
}

/** What its undo came to. Pure. @param jira as it was when it was assigned */
export function undoneNotice(
  { undone, kept }: UndoAnswer,
  jira: Pick<JiraFacts, 'projects' | 'products'>,
  { say, format, now }: Speaking,
): NoticeView {
  const project = (id: string): Project | undefined => jira.projects.find((one) => one.id === id);
  if (kept.length > 0) {
    const all = undone.length + kept.length;
    return {
      tone: 'warn',
      icon: 'Warning',
      strong: say('undoneSome', { a: format.number(undone.length), n: format.number(all) }),
      text: kept
        .map(({ project: id, by, on }) => {
          const key = project(id)?.key ?? '';
          return by && on ? say('keeps', { key, who: by, t: format.time(on, now) }) : say('keepsPlain', { key });
        })
        .join(' '),
    };
  }
  const text = undone
    .map((id) => {
      const before = jira.products.find((one) => one.id === project(id)?.productId);
      return say('backTo', { key: project(id)?.key ?? '', p: before?.name ?? say('noneProduct') });
    })
    .join(' ');
  return { tone: 'neutral', icon: 'Undo', strong: counted(say, 'undone', undone.length, format), text };
}
