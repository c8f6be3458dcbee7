import { CommandState } from '@crmjira/domain';
import type { integrationsListTexts } from '../../strings/generated/integrations-list';
import type { AskedOf } from '../../commands/ask-about';
import { isAnswered } from '../../commands/ask-about';
import type { IntegrationsSay } from '../integrations/run-words';
import type { NoticeView } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';

export type Asked = 'test' | 'run' | 'activate' | 'deactivate' | 'delete';

export interface Speaking {
  readonly say: Say<typeof integrationsListTexts>;
  readonly sayShared: IntegrationsSay;
  readonly format: PageFormat;
}

const BEGUN = {
  test: 'testing',
  run: 'syncing',
  activate: 'activating',
  deactivate: 'deactivating',
  delete: 'deleting',
} as const;
const DONE = { activate: 'activated', deactivate: 'deactivated', delete: 'deleted' } as const;

/** A member of an answer, which the service writes as JSON. */
const member = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;

const textOf = (answer: unknown, name: string): string => {
  const found = member(answer, name);
  return typeof found === 'string' ? found : '';
};

/** It was refused because what is saved has not passed a test. */
export function isUntested(answer: unknown): boolean {
  const problems = member(answer, 'problems');
  return Array.isArray(problems) && problems.some((problem) => member(problem, 'code') === 'not-tested');
}

/** What came of a request: asked, done, refused or failed. Pure. @param name of the integration */
export function outcomeOf(what: Asked, asked: AskedOf, name: string, { say, sayShared, format }: Speaking): NoticeView {
  const { notSent, state, result, answer } = asked;
  if (notSent === 'forbidden')
    return {
      tone: 'over',
      icon: 'Lock',
      strong: sayShared('notAdministrator'),
      text: sayShared('notAdministratorNext'),
    };
  if (notSent !== null)
    return { tone: 'over', icon: 'PlugDisconnected', strong: say('notSent'), text: say('notSentNext') };
  if (!isAnswered(asked)) {
    const text = result || say(what === 'test' ? 'testingNote' : 'usually');
    return { tone: 'brand', icon: 'ProgressRingDots', strong: `${say(BEGUN[what], { name })}`, text };
  }
  if (what === 'test' && member(answer, 'ok') === false)
    return {
      tone: 'over',
      icon: 'ErrorBadge',
      strong: textOf(answer, 'says') || result || say('failedOf', { name }),
      text: textOf(answer, 'remedy'),
    };
  if (state !== CommandState.Done) {
    const icon = state === CommandState.Refused ? 'Blocked' : 'ErrorBadge';
    if (what === 'activate' && isUntested(answer))
      return { tone: 'over', icon, strong: say('notTestedRefused', { name }), text: say('notTestedNext') };
    return { tone: 'over', icon, strong: result || say('failedOf', { name }), text: '' };
  }
  if (what === 'test') return { tone: 'ok', icon: 'Completed', strong: result || say('works'), text: '' };
  if (what === 'run') {
    const [processed, changed, failed] = ['processed', 'changed', 'failed'].map((one) => member(answer, one));
    const numbers = [processed, changed, failed].map((one) => format.number(typeof one === 'number' ? one : 0));
    const told = { n: numbers[0] ?? '', c: numbers[1] ?? '', f: numbers[2] ?? '' };
    return {
      tone: 'ok',
      icon: 'Completed',
      strong: result || say('doneOf', { name }),
      text: typeof processed === 'number' ? say('ran', told) : '',
    };
  }
  return { tone: 'ok', icon: 'Completed', strong: say(DONE[what], { name }), text: '' };
}
