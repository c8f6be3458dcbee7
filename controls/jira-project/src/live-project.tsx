import * as React from 'react';
import {
  type FormStore,
  type HostFacts,
  type Words,
  isCommand,
  useAnnouncement,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { ProjectCard } from './project-card';
import type { StringKey } from './string-keys';
import type { Permissions } from './telling';
import { projectView } from './view-of-state';

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
  const news = useAnnouncement(view.state, view.chip?.text ?? '');
  const mappingId = form?.record?.mapping?.id ?? null;
  const [asked, setAsked] = React.useState(false);
  const onUse = React.useCallback(() => store?.touch(), [store]);
  const onAction = React.useCallback(
    (name: string) => {
      if (name === 'log' && mappingId !== null) onOpenLog(mappingId);
      if (name === 'refresh') store?.refresh();
      const action = view.actions?.find((candidate) => candidate.name === name);
      if (!action || !isCommand(name)) return;
      // The store is shared: only the control that asked tells the answer.
      setAsked(true);
      void store?.send(name, action.text);
    },
    [store, view.actions, mappingId, onOpenLog],
  );
  return (
    <ProjectCard
      view={view}
      news={news}
      told={asked ? view.live : ''}
      look={look}
      id={id}
      onAction={onAction}
      onUse={onUse}
    />
  );
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-project-${headings}`;
}
