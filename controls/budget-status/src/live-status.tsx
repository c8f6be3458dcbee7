/** @jsx h */
import * as React from 'react';
import {
  h,
  type ActionView,
  type FormStore,
  type HostFacts,
  type Words,
  useAnnouncement,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { PARTS } from './parts';
import { StatusCard } from './status-card';
import type { StringKey } from './generated/string-keys';
import { type Reviewer, useReviewTask } from './use-review-task';
import { statusView } from './view-of-status';

export interface LiveStatusProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly reviewer: Reviewer;
  readonly say: Words<StringKey>;
}

/** Why the task was not completed, by what became of it. */
const TOLD: Readonly<Record<string, StringKey>> = { forbidden: 'review.forbidden', failed: 'review.failed' };

/** Joins the shared store with the card. The history is read for one thing: since when the budget is exceeded. */
export function LiveStatus({ store, host, reviewer, say }: LiveStatusProps): React.ReactElement {
  const form = useFormState(store, PARTS);
  const [id] = React.useState(headingId);
  const { review, complete } = useReviewTask(store, form, reviewer);
  const look = useUnchanged(host.look);
  const view = useUnchanged(statusView(host, form, say, review));
  const news = useAnnouncement(view.state, view.chips.map(({ text }) => text).join(', '));
  const { sent } = review ?? {};
  const isDone = sent === 'done';
  const told = TOLD[sent ?? ''];
  React.useEffect(() => {
    // The button is gone by then: the focus stays with what it was about.
    if (isDone) document.getElementById(`${id}-review`)?.focus();
  }, [id, isDone]);
  const onAction = React.useCallback(
    ({ name }: ActionView) => (name === 'complete' ? complete() : void store?.refresh()),
    [store, complete],
  );
  return (
    <StatusCard
      view={view}
      news={isDone && view.review ? view.review : news}
      told={told ? say(told) : ''}
      look={look}
      id={id}
      onAction={onAction}
    />
  );
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-status-${headings}`;
}
