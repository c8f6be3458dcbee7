/** @jsx h */
import type * as React from 'react';
import { h } from './h';
import { DefaultButton, PrimaryButton } from '@fluentui/react';
import { type IconName, Icon } from './icons';

export interface ActionView {
  readonly name: string;
  readonly text: string;
  readonly icon: IconName;
  readonly primary: boolean;
  /** asked for and not answered yet: drawn as busy, does nothing */
  readonly busy: boolean;
  /** what a command is about, where it needs to be told */
  readonly argument?: string;
}

export function ActionButtons(props: {
  readonly actions: readonly ActionView[] | undefined;
  readonly onAction: (action: ActionView) => void;
}): React.ReactElement | null {
  if (!props.actions?.length) return null;
  return (
    <div className="crmjira-actions">
      {props.actions.map((action) => {
        const Button = action.primary ? PrimaryButton : DefaultButton;
        return (
          <Button
            key={action.text}
            text={action.text}
            disabled={action.busy}
            // Busy keeps the focus, which would else be lost while the answer is on its way.
            allowDisabledFocus
            onClick={() => props.onAction(action)}
            onRenderIcon={() => <Icon name={action.busy ? 'ProgressRingDots' : action.icon} turning={action.busy} />}
          />
        );
      })}
    </div>
  );
}
