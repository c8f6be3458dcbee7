import * as React from 'react';
import { AuthType } from '@crmjira/domain';
import type { Connection } from './connection-view';

/**
 * Whoever signs in with Atlassian does so in another window: the row that the service writes then tells it.
 * @param isWaiting somebody was sent there
 * @param onSignedIn told once
 */
export function useSignedIn(
  connections: readonly Connection[] | null,
  isWaiting: boolean,
  onSignedIn: () => void,
): void {
  const before = React.useRef<ReadonlySet<string>>(new Set());
  const heard = React.useRef(onSignedIn);
  heard.current = onSignedIn;
  React.useEffect(() => {
    const signedIn = (connections ?? [])
      .filter(({ authType }) => authType === AuthType.OAuth203Lo)
      .map(({ id, lastTest }) => `${id} ${lastTest?.on ?? ''}`);
    if (!isWaiting) before.current = new Set(signedIn);
    else if (signedIn.some((one) => !before.current.has(one))) heard.current();
  }, [connections, isWaiting]);
}
