import { CommandState, type Language, type Told, connectedTold, connectionProblemTold } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import type { NoticeView } from '../platform/notice';
import { type ConnectionSay, connectionAnswer } from './connection-view';
import type { AskedConnection } from './use-connection-commands';

/** What is said while an answer is on its way. */
const BEGUN = {
  use: 'using',
  test: 'testingOf',
  delete: 'deleting',
  save: 'testingOf',
  inbound: 'inboundSaving',
  oauth: 'opening',
  sites: 'findingSites',
} as const;

/** These wait for Jira, for ten seconds at most. */
const ASKS_JIRA: ReadonlySet<string> = new Set(['test', 'save', 'inbound']);

/** What came of a request, in the service's words (R-1813). Pure. */
export function noticeOf({ kind, asked }: AskedConnection, say: ConnectionSay, language: Language): NoticeView {
  const { what, host, email, isInbound } = kind;
  const { notSent, state, result } = asked;
  if (notSent !== null)
    return {
      tone: 'over',
      icon: notSent === 'forbidden' ? 'Lock' : 'PlugDisconnected',
      strong: say(notSent === 'forbidden' ? 'notAllowed' : 'notSent'),
      text: '',
    };
  if (!isAnswered(asked))
    return {
      tone: 'brand',
      icon: 'ProgressRingDots',
      strong: say(BEGUN[what], { h: host }),
      text: ASKS_JIRA.has(what) ? say('testingNote') : '',
    };
  const { reason, displayName, projects } = connectionAnswer(asked.answer);
  if (state === CommandState.Done) {
    const [strong, text]: Told =
      what === 'inbound'
        ? [say(isInbound ? 'inboundOn' : 'inboundOff', { h: host }), '']
        : (what === 'save' || what === 'test') && displayName !== null
          ? connectedTold(displayName, projects, what === 'save', language)
          : [result, ''];
    return { tone: 'ok', icon: 'Completed', strong, text };
  }
  const saves = what === 'save' || what === 'inbound';
  // A refusal has a sentence of its own: what it answers beside it is only the nearest kind.
  const [strong, text]: Told =
    reason !== null && state === CommandState.Failed
      ? connectionProblemTold(reason, { host, email }, saves, language)
      : [result || say('notAnswered'), ''];
  return { tone: 'over', icon: 'ErrorBadge', strong, text };
}
