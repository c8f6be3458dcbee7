import { CommandState } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import type { NoticeView } from '../platform/notice';
import type { What, Work } from './enter-commands';
import { type EnterSay, saveAnswerOf, testAnswerOf } from './enter-view';

/** What is said while an answer is on its way. */
const BEGUN = {
  test: 'testing',
  save: 'saving',
  activate: 'activating',
  deactivate: 'deactivating',
  delete: 'deleting',
  dryRun: 'dryRunning',
  run: 'running',
  confirm: 'confirming',
  rotate: 'rotating',
  try: 'trying',
} as const satisfies Readonly<Record<What, string>>;

const refusal = (strong: string, text = '', lines: readonly string[] = []): NoticeView => ({
  ...{ tone: 'over', icon: 'ErrorBadge', strong, text, lines },
});

/** What to do about it, after that nothing was saved; some remedies begin with that. */
const unsaved = (remedy: string | null, say: EnterSay): string =>
  remedy?.startsWith(say('nothingSaved')) ? remedy : `${say('nothingSaved')} ${remedy ?? ''}`.trim();

/** What came of a request, in the service's words; null: nothing that the page does not show by itself. Pure. */
export function noticeOf({ what, asked, notSealed }: Work, say: EnterSay): NoticeView | null {
  if (notSealed !== null) return refusal(say(notSealed), say('nothingSaved'));
  const { notSent, state, result, answer, done, total } = asked;
  if (notSent !== null)
    return {
      ...{ tone: 'over', icon: notSent === 'forbidden' ? 'Lock' : 'PlugDisconnected' },
      strong: say(notSent === 'forbidden' ? 'notAdministrator' : 'notSent'),
      text: say(notSent === 'forbidden' ? 'needsRole' : 'notSentNext'),
    };
  if (!isAnswered(asked))
    return {
      ...{ tone: 'brand', icon: 'ProgressRingDots', strong: say(BEGUN[what]), text: '' },
      ...(total === null || total === 0 ? {} : { progress: { done, of: total } }),
    };
  const test = testAnswerOf(answer);
  if (what === 'test' && test !== null) {
    if (test.ok) return { tone: 'ok', icon: 'Completed', strong: say('testPassed'), text: result };
    return refusal(test.says ?? result, unsaved(test.remedy, say));
  }
  const saved = saveAnswerOf(answer);
  if (saved !== null && !saved.isSaved) {
    if (saved.test !== null && !saved.test.ok)
      return refusal(saved.test.says ?? result, unsaved(saved.test.remedy, say));
    // The table of the mappings says itself what is wrong there.
    const others = saved.problems.filter(({ path }) => !path.startsWith('mappings.'));
    if (others.length === 0 && saved.problems.length > 0) return null;
    const lines = others.map(({ says }) => says).filter((says) => says !== result);
    return refusal(result || say('notSaved'), '', lines);
  }
  if (state !== CommandState.Done) return refusal(result || say('noAnswer'));
  return what === 'save' || what === 'try' || what === 'dryRun'
    ? null
    : { tone: 'ok', icon: 'Completed', strong: result || say('done'), text: '' };
}
