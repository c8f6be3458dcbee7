/** @jsx h */
import * as React from 'react';
import {
  type FormStore,
  type HostFacts,
  type OfMapping,
  type Words,
  useCard,
  useFormState,
  h,
} from '@crmjira/form-data';
import { PARTS } from './parts';
import { ProjectCard } from './project-card';
import type { StringKey } from './generated/string-keys';
import type { Permissions } from './view-context';
import { projectView } from './view-of-state';

export interface LiveProjectProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly permissions: Permissions;
  readonly say: Words<StringKey>;
  /** @returns false when there is nothing to open */
  readonly onOpen: (table: OfMapping, mappingId: string) => Promise<boolean>;
  /** settles once the dialog is closed */
  readonly onLink: () => Promise<void>;
}

/** What an action opens, and what is said when there is none. */
const OPENED = {
  log: ['crmjira_integration_log', 'log.none'],
  report: ['crmjira_final_report', 'report.none'],
} as const;

/** Joins the shared store with the card: turns its state into a view. */
export function LiveProject({ store, host, permissions, say, onOpen, onLink }: LiveProjectProps): React.ReactElement {
  const form = useFormState(store, PARTS);
  const mappingId = form?.record?.mapping?.id ?? null;
  const onOther = React.useCallback(
    async (action: string): Promise<string> => {
      try {
        if (action === 'link') {
          await onLink();
          void store?.refresh();
        } else if (mappingId !== null && (action === 'log' || action === 'report')) {
          const [table, none] = OPENED[action];
          if (!(await onOpen(table, mappingId))) return say(none);
        }
        return '';
      } catch {
        return say('notOpened');
      }
    },
    [mappingId, onOpen, onLink, store, say],
  );
  const card = useCard(store, host, projectView(host, form, permissions, say), onOther);
  return <ProjectCard {...card} />;
}
