import * as React from 'react';
import { getId } from '@fluentui/react';
import type { HostFacts } from '../host-facts';
import type { ActionView } from '../look/action-buttons';
import type { ChipView } from '../look/parts';
import type { Look } from '../look/theme';
import { isCommand } from '../commands/command';
import type { FormStore } from './form-store';
import { sendCommand } from '../commands/send-command';
import { useAnnouncement, useUnchanged } from './use-form-state';

/** What every control says about itself. */
export interface CardView {
  /** name of the state, for tests and styles */
  readonly state: string;
  readonly chips: readonly ChipView[];
  /** what became of the command that was asked for last */
  readonly live: string;
  readonly actions?: readonly ActionView[];
}

/** What the frame of a control gives to the card that draws it. */
export interface CardProps<View> {
  readonly view: View;
  /** change of state, for those who cannot see it */
  readonly news: string;
  /** answer to what was asked for here */
  readonly told: string;
  readonly look: Look;
  /** of the heading that names the control */
  readonly id: string;
  readonly onAction: (action: ActionView) => void;
}

/**
 * Joins the shared store with a card: the same view is not drawn twice, the card's actions become commands, and only the
 * control that was asked tells the answer.
 * @param onOther carries out an action that is no command; the text it ends with is told
 */
export function useCard<View extends CardView>(
  store: FormStore | null,
  host: HostFacts,
  next: View,
  onOther?: (action: string) => Promise<string> | undefined,
): CardProps<View> {
  // Fluent counts for the whole page: the headings that name two controls, of two bundles, have ids of their own.
  const [id] = React.useState(() => getId('crmjira'));
  const look = useUnchanged(host.look);
  const view = useUnchanged(next);
  const news = useAnnouncement(view.state, view.chips.map(({ text }) => text).join(', '));
  // Null: what the store says about the last command. It is shared, so nothing of it is told before something was asked here.
  const [answer, tell] = React.useState<string | null>('');
  const onAction = React.useCallback(
    ({ name, text, argument }: ActionView) => {
      if (name === 'refresh') void store?.refresh();
      if (isCommand(name)) {
        tell(null);
        void store?.ask(sendCommand(name, text, argument));
      } else void onOther?.(name)?.then(tell);
    },
    [store, onOther],
  );
  return { view, id, look, news, told: answer ?? view.live, onAction };
}
