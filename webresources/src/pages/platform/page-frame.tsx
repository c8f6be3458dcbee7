import * as React from 'react';
import { Message, type MessageView } from '@crmjira/form-data';
import { Notice, type NoticeView } from './notice';

/** Heading, messages and content of a page, in the controls' palette. */
export function PageFrame(props: {
  readonly dark: boolean;
  readonly title: string;
  /** beside the title: how fresh the page is */
  readonly note: string;
  readonly messages: readonly MessageView[];
  /** messages that something can be done about */
  readonly notices?: readonly NoticeView[];
  /** what was told last, for those who cannot see it */
  readonly told: string;
  readonly busy: boolean;
  readonly actions?: React.ReactNode;
  /** command bar above the title, which says how fresh the page is too */
  readonly commands?: React.ReactNode;
  /** name of the command bar */
  readonly commandsName?: string;
  /** below the title */
  readonly subtitle?: string;
  readonly children: React.ReactNode;
}): React.ReactElement {
  return (
    <main className={`crmjira page${props.dark ? ' crmjira-dark' : ''}`} aria-busy={props.busy}>
      {props.commands && (
        <div className="page-card page-commands" role="group" aria-label={props.commandsName}>
          {props.commands}
          <p className="crmjira-sub">{props.note}</p>
        </div>
      )}
      <header className="page-head">
        <div>
          <h1>{props.title}</h1>
          {props.subtitle && <p className="crmjira-sub">{props.subtitle}</p>}
        </div>
        {!props.commands && <p className="crmjira-sub">{props.note}</p>}
        {props.actions && <div className="page-actions">{props.actions}</div>}
      </header>
      {/* stands before there is something to say: a live region is heard only when it was there */}
      <div role="status" aria-live="polite" className="page-messages">
        {props.messages.map((message) => (
          <Message key={message.strong} {...message} />
        ))}
        {props.notices?.map((notice) => (
          <Notice key={notice.strong} {...notice} />
        ))}
        {props.told && <p className="page-told">{props.told}</p>}
      </div>
      {props.children}
    </main>
  );
}
