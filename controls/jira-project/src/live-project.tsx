/** @jsx h */
import * as React from 'react';
import {
  type FormStore,
  type HostFacts,
  type Words,
  projectReader,
  useCard,
  useFormState,
  h,
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

/** Joins the shared store with the card: turns its state into a view. */
export function LiveProject({ store, host, permissions, say, onOpenLog }: LiveProjectProps): React.ReactElement {
  const form = useFormState(store, projectReader);
  const mappingId = form?.record?.mapping?.id ?? null;
  const onOther = React.useCallback(
    (action: string) => {
      if (action === 'log' && mappingId !== null) onOpenLog(mappingId);
      return undefined;
    },
    [mappingId, onOpenLog],
  );
  const card = useCard(store, host, projectView(host, form, permissions, say), onOther);
  return <ProjectCard {...card} />;
}
