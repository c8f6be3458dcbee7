import * as React from 'react';
import {
  type FormStore,
  type HostFacts,
  type Words,
  isCommand,
  readSnapshots,
  useAnnouncement,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { BurnCard } from './components/burn-card';
import { type Measure, browserMeasure } from './geometry/measure';
import type { StringKey } from './string-keys';
import { burnView } from './view/view-of-burn';

export interface LiveBurnProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly mayCommand: boolean;
  readonly say: Words<StringKey>;
  /** other than the browser's own in tests */
  readonly measure?: Measure;
}

/** Joins the shared store with the card: turns its state into a view, and the card's actions into commands. */
export function LiveBurn({ store, host, mayCommand, say, measure }: LiveBurnProps): React.ReactElement {
  const form = useFormState(store, readSnapshots);
  const [id] = React.useState(headingId);
  const [ownMeasure] = React.useState(() => measure ?? browserMeasure());
  const look = useUnchanged(host.look);
  const view = useUnchanged(burnView(host, form, mayCommand, say));
  const news = useAnnouncement(view.state, view.chips.map(({ text }) => text).join(', '));
  const [asked, setAsked] = React.useState(false);
  const onUse = React.useCallback(() => store?.touch(), [store]);
  const onAction = React.useCallback(
    (name: string) => {
      if (name === 'refresh') store?.refresh();
      const action = view.actions?.find((candidate) => candidate.name === name);
      if (!action || !isCommand(name)) return;
      // The store is shared: only the control that asked tells the answer.
      setAsked(true);
      void store?.send(name, action.text);
    },
    [store, view.actions],
  );
  return (
    <BurnCard
      view={view}
      news={news}
      told={asked ? view.live : ''}
      look={look}
      id={id}
      measure={ownMeasure}
      onAction={onAction}
      onUse={onUse}
    />
  );
}

let headings = 0;

/** Two controls may stand on one page: the heading that names each needs an id of its own. */
function headingId(): string {
  headings += 1;
  return `crmjira-burn-${headings}`;
}
