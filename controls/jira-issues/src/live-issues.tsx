/** @jsx h */
import { CommandType, SyncPreference } from '@crmjira/domain';
import {
  type FormStore,
  type HostFacts,
  type IssueTable,
  type Words,
  commandText,
  h,
  useAnnouncement,
  useFormState,
} from '@crmjira/form-data';
import { getId } from '@fluentui/react';
import * as React from 'react';
import { CreatePanel, type Draft } from './create-panel';
import type { StringKey } from './generated/string-keys';
import type { OnAction } from './issue-row';
import { IssuesCard } from './issues-card';
import { LinkPanel } from './link-panel';
import { ALL_PARTS, type IssuesForm, PARTS } from './parts';
import { wordsFor } from './view-context';
import { useWishes } from './use-wishes';
import { issuesView, suggested } from './view-of-issues';
import { isDoneWish, isWaiting } from './wish';

/** What is asked of the integration about one link, by the name of the action. */
const ASKED = {
  unlink: CommandType.UnlinkIssue,
  retry: CommandType.Retry,
  syncNow: CommandType.SyncNow,
  sync: CommandType.SetSync,
  crm: CommandType.ResolveConflict,
  jira: CommandType.ResolveConflict,
} as const;

const isAsked = (name: string): name is keyof typeof ASKED => Object.hasOwn(ASKED, name);

export interface LiveIssuesProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly mayCommand: boolean;
  readonly table: IssueTable;
  readonly say: Words<StringKey>;
  readonly onOpportunity: (id: string) => void;
}

/** The state by the parts without which nothing is shown, with those beside them as far as they are there. */
function useIssues(store: FormStore | null): IssuesForm | null {
  const form = useFormState(store, ALL_PARTS);
  if (!store || !form) return null;
  const { held } = store.state();
  const whole = PARTS.every(({ name }) => name in held);
  return { ...form, record: whole ? (held as unknown as IssuesForm['record']) : null };
}

/** Joins the shared store and the wishes with the card: rows become a view, what is pressed becomes a command. */
export function LiveIssues(props: LiveIssuesProps): React.ReactElement {
  const { store, host, table, mayCommand, onOpportunity } = props;
  const say = React.useMemo(() => wordsFor(table, props.say), [table, props.say]);
  const [id] = React.useState(() => getId('crmjira'));
  const form = useIssues(store);
  const [wishes, ask, drop] = useWishes(store);
  const [panel, open] = React.useState<'create' | 'link' | null>(null);
  const [leaving, setLeaving] = React.useState('');
  const [all, setAll] = React.useState(false);
  const [draft, setDraft] = React.useState<Draft | null>(null);
  const record = form?.record;
  const creating = [...wishes].reverse().find(({ type }) => type === CommandType.CreateIssue);
  const refused = creating && !isWaiting(creating) && !isDoneWish(creating) ? creating : null;
  const view = issuesView(form && { host, table, form, say, mayCommand, wishes, leaving, all }, { host, say });
  const told = view.notices?.map(({ strong }) => strong) ?? [];
  const news = useAnnouncement([view.state, ...told].join(), (told.at(-1) ?? view.chips[0]?.text) || '');
  const project = record && suggested(record);
  const first: Draft = {
    project: project?.id ?? '',
    type: '',
    priority: '',
    sync: `${SyncPreference.Both}`,
    summary: record?.subject.name ?? '',
    note: '',
    labels: null,
    fields: {},
  };

  /** Back to what opened it. */
  const close = (): void => {
    open(null);
    document.getElementById(id)?.focus();
  };
  const onAction: OnAction = ({ name, argument = '' }, value) => {
    const wish = wishes.find(({ no }) => String(no) === argument);
    const conflict = record?.conflicts.find((one) => one.id === argument);
    const linkId = conflict?.linkId ?? argument;
    const key = record?.links.find((one) => one.id === linkId)?.issue?.key ?? '';
    setLeaving(name === 'leave' ? argument : '');
    switch (name) {
      case 'create':
        setDraft(null);
        return open(name);
      case 'link':
        return open(name);
      case 'refresh':
        return void store?.refresh();
      case 'all':
        return setAll(true);
      case 'opportunity':
        return onOpportunity(argument);
      case 'undo':
        return (
          wish &&
          ask({
            ...wish,
            type: CommandType.Undo,
            caption: say('asked.undo', { key: wish.key }),
            payload: { command: wish.id, link: wish.about },
          })
        );
      case 'dismiss':
        return drop(Number(argument));
    }
    if (isAsked(name))
      ask({
        type: ASKED[name],
        about: argument,
        key,
        caption: say(`asked.${name}`, { key }),
        payload: {
          link: linkId,
          sync: value,
          // The values that were seen: a newer one is shown before it is decided.
          ...(conflict && { conflict: argument, keep: name, crm: conflict.crmValue, jira: conflict.jiraValue }),
        },
      });
  };

  return (
    <IssuesCard
      view={view}
      look={host.look}
      id={id}
      news={news}
      say={say}
      onAction={onAction}
      panel={
        !store || !record || !view.tools ? null : panel === 'link' ? (
          <LinkPanel
            id={id}
            store={store}
            say={say}
            linked={record.links.map(({ issue }) => issue?.key ?? '')}
            onLink={({ key, summary, id: issueId, integration }) => {
              close();
              const payload = { key, issueId, integration, sync: SyncPreference.Both };
              const about = key ?? '';
              ask({ type: CommandType.LinkIssue, about, key: about, caption: summary ?? '', payload });
            }}
            onCreate={() => open('create')}
            onClose={close}
          />
        ) : panel === 'create' || refused ? (
          <CreatePanel
            id={id}
            store={store}
            projects={record.projects ?? []}
            suggested={first.project}
            draft={draft ?? first}
            onDraft={setDraft}
            refused={refused && commandText({ ...refused, name: 'retry' }, form?.now ?? '', say)}
            say={say}
            onSend={(key, caption, payload) => {
              close();
              ask({ type: CommandType.CreateIssue, about: '', key, caption, payload });
            }}
            onClose={() => {
              setDraft(null);
              if (refused) drop(refused.no);
              close();
            }}
          />
        ) : null
      }
    />
  );
}
