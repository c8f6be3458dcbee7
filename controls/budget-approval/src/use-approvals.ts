import * as React from 'react';
import type { FormState, WebApi } from '@crmjira/form-data';
import { type Person, tookEffect } from './approval-state';
import { type Approvals, readApprovals } from './rows/approvals';

interface Known {
  readonly approvals: Approvals | null;
  /** the newest reading failed; the last good one is kept */
  readonly failed: boolean;
}

/** Requests and decisions, read again whenever the shared store has read: one pace for all controls of the form. */
export function useApprovals(
  server: () => WebApi | null,
  opportunityId: string | null,
  form: FormState | null,
  { id, mayDecide }: Person,
): Known & { readonly reload: () => Promise<void> } {
  const [known, setKnown] = React.useState<Known>({ approvals: null, failed: false });
  const shown = React.useRef(true);
  const record = form?.brief;
  const reload = React.useCallback(async (): Promise<void> => {
    const webApi = server();
    if (!webApi || !record || opportunityId === null) return;
    const answer = await readApprovals(
      webApi,
      opportunityId,
      record.currencies,
      mayDecide,
      (decision) => decision.byId === id && !tookEffect(decision, record),
    ).catch(() => null);
    if (shown.current) setKnown(({ approvals }) => ({ approvals: answer ?? approvals, failed: !answer }));
  }, [server, opportunityId, record, id, mayDecide]);
  React.useEffect(() => void reload(), [reload]);
  React.useEffect(
    () => () => {
      shown.current = false;
    },
    [],
  );
  return { ...known, reload };
}
