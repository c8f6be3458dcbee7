/** @jsx h */
import { CommandState, CommandType } from '@crmjira/domain';
import {
  type FormStore,
  type HostFacts,
  type Words,
  commandText,
  h,
  useAnnouncement,
  useFormState,
} from '@crmjira/form-data';
import { getId } from '@fluentui/react';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import { PARTS } from './parts';
import { RemoveDialog } from './remove-dialog';
import { useDirty } from './use-dirty';
import { useSynced } from './use-synced';
import { isWaiting, useWish } from './use-wish';
import { worklogView } from './view-of-worklog';
import { WorklogCard } from './worklog-card';

export interface LiveWorklogProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  /** what stands in the form's fields that are sent */
  readonly typed: string;
  readonly person: string;
  readonly mayCommand: boolean;
  readonly say: Words<StringKey>;
  readonly onSetUp: () => void;
}

/** Joins the shared store and what is asked for with the card. */
export function LiveWorklog(props: LiveWorklogProps): React.ReactElement {
  const { store, host, say } = props;
  const [id] = React.useState(() => getId('crmjira'));
  const form = useFormState(store, PARTS);
  const time = form?.record?.time;
  const saved = time ? JSON.stringify([time.issueKey, time.timeIn, time.timeOut, time.notes]) : null;
  useSynced(store, time ? JSON.stringify([time.worklogId, time.syncedOn]) : null);
  const isDirty = useDirty(props.typed, saved);
  const [wish, ask] = useWish(store);
  const [isAsking, setAsking] = React.useState(false);
  const [leftFor, leave] = React.useState<string | null>(null);
  const worklogId = time?.worklogId ?? '';
  const { person, mayCommand } = props;
  const isBusy = isWaiting(wish);
  const isLeft = leftFor === worklogId;
  const view = worklogView(form, { host, say, person, mayCommand, isDirty, isBusy, isLeft });
  const news = useAnnouncement(view.state, view.news);
  // A refusal is told here; what the sync itself came to stands in the record.
  const isTold =
    wish && (wish.notSent || wish.state === CommandState.Refused || (wish.result && view.state !== 'failed'));
  const told =
    isTold && wish.state !== CommandState.Done ? commandText({ ...wish, name: 'sync' }, form?.now ?? '', say) : '';
  const name = time?.subject ?? '';
  const onAction = (what: string): void => {
    if (what === 'setUp') props.onSetUp();
    else if (what === 'refresh') void store?.refresh();
    else if (what === 'ask') setAsking(true);
    else if (what === 'leave') leave(worklogId);
    else ask(CommandType.SyncTime, name);
  };
  return (
    <WorklogCard {...{ view, host, id, news, told, say, onAction }}>
      {isAsking && view.question && (
        <RemoveDialog
          id={id}
          question={view.question}
          remove={say('w.rem')}
          keep={say('w.rmq.3')}
          onAnswer={(isRemoved) => {
            setAsking(false);
            if (isRemoved) ask(CommandType.RemoveWorklog, name);
          }}
        />
      )}
    </WorklogCard>
  );
}
