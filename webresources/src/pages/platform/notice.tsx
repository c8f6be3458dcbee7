import * as React from 'react';
import { Icon, type MessageView } from '@crmjira/form-data';
import { PageButton, type PageButtonProps } from './page-button';
import { ProgressBar } from './progress-bar';

/** A message with what can be done about it, and with what it is about in lines of their own. */
export interface NoticeView extends MessageView {
  readonly lines?: readonly string[];
  /** how much of it is done */
  readonly progress?: { readonly done: number; readonly of: number };
  readonly actions?: readonly Omit<PageButtonProps, 'look'>[];
}

export function Notice(props: NoticeView): React.ReactElement {
  const { tone, icon, strong, text, lines = [], progress, actions = [] } = props;
  return (
    <div className={`crmjira-message crmjira-${tone}`}>
      <Icon name={icon} turning={icon === 'ProgressRingDots'} />
      <div>
        <p className="crmjira-strong">{strong}</p>
        {text && <p>{text}</p>}
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {progress && <ProgressBar name={strong} {...progress} />}
        {actions.length > 0 && (
          <div className="page-noticeactions">
            {actions.map((action) => (
              <PageButton key={action.text} {...action} look="small" />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
