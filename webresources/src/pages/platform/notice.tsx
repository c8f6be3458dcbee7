import * as React from 'react';
import { Icon, type MessageView } from '@crmjira/form-data';
import { PageButton, type PageButtonProps } from './page-button';

/** A message with what can be done about it, and with what it is about in lines of their own. */
export interface NoticeView extends MessageView {
  readonly lines?: readonly string[];
  readonly actions?: readonly Omit<PageButtonProps, 'look'>[];
}

export function Notice({ tone, icon, strong, text, lines = [], actions = [] }: NoticeView): React.ReactElement {
  return (
    <div className={`crmjira-message crmjira-${tone}`}>
      <Icon name={icon} turning={icon === 'ProgressRingDots'} />
      <div>
        <p className="crmjira-strong">{strong}</p>
        {text && <p>{text}</p>}
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
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
