/** @jsx h */
import * as React from 'react';
import {
  h,
  type FormStore,
  type HostFacts,
  type Words,
  figuresReader,
  useAnnouncement,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { StatusCard } from './status-card';
import type { StringKey } from './string-keys';
import { statusView } from './view-of-status';

export interface LiveStatusProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly say: Words<StringKey>;
}

/** Joins the shared store with the card. The history is read for one thing: since when the budget is exceeded. */
export function LiveStatus({ store, host, say }: LiveStatusProps): React.ReactElement {
  const form = useFormState(store, figuresReader);
  const [id] = React.useState(headingId);
  const look = useUnchanged(host.look);
  const view = useUnchanged(statusView(host, form, say));
  const news = useAnnouncement(view.state, view.chips.map(({ text }) => text).join(', '));
  const onRefresh = React.useCallback(() => store?.refresh(), [store]);
  return <StatusCard view={view} news={news} look={look} id={id} onRefresh={onRefresh} />;
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-status-${headings}`;
}
