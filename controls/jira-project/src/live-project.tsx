import * as React from 'react';
import {
  CommandType,
  type FormStore,
  type HostFacts,
  type Words,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { ProjectCard } from './project-card';
import type { StringKey } from './string-keys';
import { type Permissions, projectView } from './view-of-state';

export interface LiveProjectProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly permissions: Permissions;
  readonly say: Words<StringKey>;
  readonly onOpenLog: (mappingId: string) => void;
}

/** Joins the shared store with the card: turns its state into a view, and the card's actions into commands. */
export function LiveProject({ store, host, permissions, say, onOpenLog }: LiveProjectProps): React.ReactElement {
  const form = useFormState(store);
  const [id] = React.useState(headingId);
  const look = useUnchanged(host.look);
  const view = useUnchanged(projectView(host, form, permissions, say));
  const mappingId = form?.record?.mapping?.id ?? null;
  const onUse = React.useCallback(() => store?.touch(), [store]);
  const onAction = React.useCallback(
    (name: string, argument?: string) => {
      if (name === 'log' && mappingId !== null) onOpenLog(mappingId);
      if (store === null) return;
      if (name === 'refresh') store.refresh();
      if (name === 'create') void store.send(CommandType.CreateProject, say('action.create'));
      if (name === 'link') void store.send(CommandType.LinkProject, say('action.link'), argument);
      if (name === 'retry') void store.send(CommandType.Retry, say('action.retry'));
      if (name === 'sync') void store.send(CommandType.SyncNow, say('action.sync'));
    },
    [store, say, mappingId, onOpenLog],
  );
  return <ProjectCard view={view} look={look} id={id} onAction={onAction} onUse={onUse} />;
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-project-${headings}`;
}
