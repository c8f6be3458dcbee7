import * as React from 'react';
import { CommandState } from '@crmjira/domain';
import { safeUrl } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import { signInAddress } from './connection-view';
import type { AskedConnection } from './use-connection-commands';

/**
 * Takes the person to Atlassian. Browsers open a window only while a click is being handled, so it is opened empty, and led on when the
 * service has answered; where none opened, the page shows the address.
 */
export function useSignIn(all: readonly AskedConnection[]): () => void {
  const opened = React.useRef<Window | null>(null);
  const led = React.useRef(new Set<number>());
  React.useEffect(() => {
    for (const { no, kind, asked } of all) {
      if (kind.what !== 'oauth' || !isAnswered(asked) || led.current.has(no)) continue;
      led.current.add(no);
      const address = addressOf(asked);
      if (address === null) opened.current?.close();
      else opened.current?.location.replace(address);
      opened.current = null;
    }
  }, [all]);
  return () => {
    opened.current = window.open('', '_blank');
    // Whatever is shown there later cannot reach back to this page.
    if (opened.current !== null) opened.current.opener = null;
  };
}

/** Where an answered wish to sign in leads; null: nowhere. */
export const addressOf = ({ state, answer }: AskedConnection['asked']): string | null =>
  state === CommandState.Done ? safeUrl(signInAddress(answer)) : null;
