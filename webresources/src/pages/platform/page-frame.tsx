import * as React from 'react';
import { Message, type MessageView } from '@crmjira/form-data';

/** Heading, messages and content of a page, in the controls' palette. */
export function PageFrame(props: {
  readonly dark: boolean;
  readonly title: string;
  /** beside the title: how fresh the page is */
  readonly note: string;
  readonly messages: readonly MessageView[];
  /** what was told last, for those who cannot see it */
  readonly told: string;
  readonly busy: boolean;
  readonly actions?: React.ReactNode;
  readonly children: React.ReactNode;
}): React.ReactElement {
  return (
    <main className={`crmjira page${props.dark ? ' crmjira-dark' : ''}`} aria-busy={props.busy}>
      <header className="page-head">
        <h1>{props.title}</h1>
        <p className="crmjira-sub">{props.note}</p>
        {props.actions && <div className="page-actions">{props.actions}</div>}
      </header>
      {/* stands before there is something to say: a live region is heard only when it was there */}
      <div role="status" aria-live="polite" className="page-messages">
        {props.messages.map((message) => (
          <Message key={message.strong} {...message} />
        ))}
        {props.told && <p className="page-told">{props.told}</p>}
      </div>
      {props.children}
    </main>
  );
}
