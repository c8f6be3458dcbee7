import * as React from 'react';
import type { MessageView } from '@crmjira/form-data';
import { integrationsTexts } from '../../strings/generated/integrations';
import type { NoticeView } from '../platform/notice';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { Reading } from '../platform/reading';
import type { PageFacts } from '../platform/start-page';
import type { IntegrationsSay } from './run-words';

interface FrameProps<T> {
  readonly facts: PageFacts;
  readonly title: string;
  readonly reading: Reading<T>;
  readonly now: string;
  readonly notices?: readonly NoticeView[];
  readonly told?: string;
  readonly commands: React.ReactNode;
  readonly actions?: React.ReactNode;
  readonly children: (value: T) => React.ReactNode;
}

export const sayIntegrations = ({ language }: Pick<PageFacts, 'language'>): IntegrationsSay =>
  sayIn(integrationsTexts, language);

/** Says why there is nothing to see: whoever may not read integrations needs the role for it (R-1617). */
function messageOf(reading: Reading<unknown>, { language, format }: PageFacts, now: string): MessageView | null {
  if (reading.failure?.kind !== 'forbidden') return failureMessage(reading, language, format, now);
  const say = sayIntegrations({ language });
  return { tone: 'neutral', icon: 'Lock', strong: say('notAdministrator'), text: say('notAdministratorNext') };
}

/** Heading, command bar and messages of the pages of integrations; without the administrator's role only the reason. */
export function IntegrationsFrame<T>(props: FrameProps<T>): React.ReactElement {
  const { facts, title, reading, now, notices, told = '', commands, actions, children } = props;
  const say = sayIntegrations(facts);
  const { value, readAt } = reading;
  const message = messageOf(reading, facts, now);
  const isRefused = reading.failure?.kind === 'forbidden';
  const note = readAt === null ? say('loading') : say('updated', { t: facts.format.time(readAt, now) });
  return (
    <PageFrame
      dark={facts.dark}
      title={title}
      note={readAt === null && message !== null ? '' : note}
      messages={message === null ? [] : [message]}
      notices={notices}
      told={told}
      busy={value === null && message === null}
      commandsName={say('commands')}
      commands={isRefused ? undefined : commands}
      actions={isRefused ? undefined : actions}
    >
      {value !== null && !isRefused && children(value)}
    </PageFrame>
  );
}
