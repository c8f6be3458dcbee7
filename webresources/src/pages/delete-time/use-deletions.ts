import type { Language } from '@crmjira/domain';
import * as React from 'react';
import { deleteRecord, type Ended, useIsOpen } from './use-deletion';

/** Records that are deleted at once: the service has other people to serve. */
const AT_ONCE = 4;

/** A record that is to be deleted. */
export interface Selected {
  readonly id: string;
  readonly subject: string;
  /** something of it is in Jira */
  readonly hasWorklog: boolean;
}

export interface Kept {
  readonly record: Selected;
  readonly because: Ended;
}

/** How far the deletion of several is. */
export interface Deletions {
  readonly kind: 'asking' | 'running' | 'done';
  readonly deleted: number;
  /** in the order in which it was found out */
  readonly kept: readonly Kept[];
}

/** Deletes several time records, each as a single one; what stops one stops no other. */
export function useDeletions(
  language: Language,
): readonly [Deletions, (records: readonly Selected[], removesWorklogs: boolean) => void] {
  const [state, set] = React.useState<Deletions>({ kind: 'asking', deleted: 0, kept: [] });
  const isOpen = useIsOpen();
  const run = async (records: readonly Selected[], removesWorklogs: boolean): Promise<void> => {
    set({ kind: 'running', deleted: 0, kept: [] });
    const waiting = [...records];
    const work = async (): Promise<void> => {
      for (let record = waiting.shift(); record !== undefined && isOpen(); record = waiting.shift()) {
        const one = record;
        const watching = { language, hear: () => undefined, isOpen };
        const ended = await deleteRecord(one.id, removesWorklogs && one.hasWorklog, watching);
        if (ended === null) return;
        set((known) =>
          ended.kind === 'deleted'
            ? { ...known, deleted: known.deleted + 1 }
            : { ...known, kept: [...known.kept, { record: one, because: ended }] },
        );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (isOpen()) set((known) => ({ ...known, kind: 'done' }));
  };
  return [state, (records, removesWorklogs) => void run(records, removesWorklogs)];
}
