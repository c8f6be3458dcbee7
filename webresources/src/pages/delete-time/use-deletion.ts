import { CommandState, CommandType, type Language, commandTypeLabels } from '@crmjira/domain';
import { isForbidden } from '@crmjira/form-data';
import * as React from 'react';
import { askAbout, isAnswered } from '../../commands/ask-about';

const table = 'crmjira_time_record';

/** How far the deletion of a time record is. */
export type Step =
  | { readonly kind: 'asking' | 'removing' | 'deleting' | 'deleted' | 'waits' }
  | { readonly kind: 'notRemoved'; readonly result: string }
  | { readonly kind: 'notDeleted'; readonly isForbidden: boolean };

/**
 * Deletes a time record. Where its worklog is to go along, the worklog goes first: without the record nobody would know of it any more,
 * so the record stays until the service says that it is gone.
 * @param onDeleted called once the record is gone
 */
export function useDeletion(
  id: string,
  language: Language,
  onDeleted: () => void,
): readonly [Step, (removesWorklog: boolean) => void] {
  const [step, set] = React.useState<Step>({ kind: 'asking' });
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const remove = async (): Promise<Step | null> => {
    const type = CommandType.RemoveWorklog;
    const name = commandTypeLabels[type][language];
    const asked = await askAbout({ regarding: { table, id }, type, name }, () => alive.current);
    if (asked.notSent !== null) return { kind: 'notRemoved', result: '' };
    if (!isAnswered(asked)) return { kind: 'waits' };
    return asked.state === CommandState.Done ? null : { kind: 'notRemoved', result: asked.result };
  };
  const run = async (removesWorklog: boolean): Promise<void> => {
    if (removesWorklog) {
      set({ kind: 'removing' });
      const stopped = await remove();
      if (!alive.current) return;
      if (stopped !== null) return set(stopped);
    }
    set({ kind: 'deleting' });
    try {
      await Xrm.WebApi.deleteRecord(table, id);
    } catch (error) {
      console.error('A time record could not be deleted.', error);
      return set({ kind: 'notDeleted', isForbidden: isForbidden(error) });
    }
    set({ kind: 'deleted' });
    onDeleted();
  };
  return [step, (removesWorklog) => void run(removesWorklog)];
}
