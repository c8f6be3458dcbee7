import * as React from 'react';
import type { FormState, FormStore } from '@crmjira/form-data';
import { tookEffect } from './approval-state';
import { type Approvals, readApprovals } from './rows/approvals';
import type { AskedApprovers } from './rows/approvers';
import type { Person } from './telling';

interface Known {
  readonly approvals: Approvals | null;
  /** the newest reading failed; the last good one is kept */
  readonly failed: boolean;
}

/** Requests and decisions, read again whenever the shared store has read: one pace for all controls of the form. */
export function useApprovals(
  store: FormStore | null,
  form: FormState | null,
  { id, mayDecide }: Person,
): Known & { readonly reload: () => Promise<void> } {
  const [known, setKnown] = React.useState<Known>({ approvals: null, failed: false });
  /** counts readings: an older one that is answered late says less than the newest */
  const turn = React.useRef(0);
  const [asked] = React.useState<AskedApprovers>({});
  const record = form?.brief;
  const reload = React.useCallback(async (): Promise<void> => {
    if (!store || !record) return;
    const mine = (turn.current += 1);
    const answer = await readApprovals(
      store.desk,
      record.currencies,
      mayDecide,
      (decision) => decision.personId === id && !tookEffect(decision, record),
      asked,
    ).catch(() => null);
    if (turn.current === mine) setKnown(({ approvals }) => ({ approvals: answer ?? approvals, failed: !answer }));
  }, [store, record, id, mayDecide, asked]);
  React.useEffect(() => {
    void reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);
  const now = form?.now;
  React.useEffect(() => {
    // The store reads what has changed; what could not be read is read again at its next look.
    if (known.failed) void reload();
  }, [now]); // eslint-disable-line react-hooks/exhaustive-deps
  return { ...known, reload };
}
