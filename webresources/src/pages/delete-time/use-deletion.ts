import { CommandState, CommandType, type Language, commandTypeLabels } from '@crmjira/domain';
import { isForbidden } from '@crmjira/form-data';
import * as React from 'react';
import { askAbout, isAnswered } from '../../commands/ask-about';

const table = 'crmjira_time_record';

/** How far the deletion of a time record is. */
export type Step =
  | { readonly kind: 'asking' | 'removing' | 'deleting' }
  /** its end */
  | Ended;
export type Ended =
  | { readonly kind: 'deleted' | 'waits' }
  | { readonly kind: 'notRemoved'; readonly result: string }
  | { readonly kind: 'notDeleted'; readonly isForbidden: boolean };

interface Watching {
  readonly language: Language;
  readonly hear: (step: Step) => void;
  /** the page still stands: what is not begun when it is closed is left */
  readonly isOpen: () => boolean;
}

async function removeWorklog(id: string, { language, isOpen }: Watching): Promise<Ended | null> {
  const type = CommandType.RemoveWorklog;
  const name = commandTypeLabels[type][language];
  const asked = await askAbout({ regarding: { table, id }, type, name }, isOpen);
  if (asked.notSent !== null) return { kind: 'notRemoved', result: '' };
  if (!isAnswered(asked)) return { kind: 'waits' };
  return asked.state === CommandState.Done ? null : { kind: 'notRemoved', result: asked.result };
}

/**
 * Deletes a time record. Where its worklog is to go along, the worklog goes first: without the record nobody would know of it any more,
 * so the record stays until the service says that it is gone.
 * @returns null: the page was closed before the end
 */
export async function deleteRecord(id: string, removesWorklog: boolean, watching: Watching): Promise<Ended | null> {
  const { hear, isOpen } = watching;
  if (removesWorklog) {
    hear({ kind: 'removing' });
    const stopped = await removeWorklog(id, watching);
    if (!isOpen()) return null;
    if (stopped !== null) return stopped;
  }
  hear({ kind: 'deleting' });
  try {
    await Xrm.WebApi.deleteRecord(table, id);
  } catch (error) {
    console.error('A time record could not be deleted.', error);
    return { kind: 'notDeleted', isForbidden: isForbidden(error) };
  }
  return { kind: 'deleted' };
}

/** False once the page is closed. */
export function useIsOpen(): () => boolean {
  const isOpen = React.useRef(true);
  React.useEffect(
    () => () => {
      isOpen.current = false;
    },
    [],
  );
  return React.useCallback(() => isOpen.current, []);
}

/** @param onDeleted called once the record is gone */
export function useDeletion(
  id: string,
  language: Language,
  onDeleted: () => void,
): readonly [Step, (removesWorklog: boolean) => void] {
  const [step, set] = React.useState<Step>({ kind: 'asking' });
  const isOpen = useIsOpen();
  const run = async (removesWorklog: boolean): Promise<void> => {
    const ended = await deleteRecord(id, removesWorklog, { language, hear: set, isOpen });
    if (ended === null) return;
    set(ended);
    if (ended.kind === 'deleted') onDeleted();
  };
  return [step, (removesWorklog) => void run(removesWorklog)];
}
