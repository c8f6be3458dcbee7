/** @jsx h */
import { CommandType, type SyncPreference } from '@crmjira/domain';
import {
  ActionButtons,
  type FormStore,
  Icon,
  type IssueTable,
  LOOK_FOR,
  type OfferedProject,
  type Screen,
  type Words,
  action,
  askRecord,
  h,
  message,
  readScreen,
} from '@crmjira/form-data';
import * as React from 'react';
import { Field, type FieldProps } from './field';
import type { StringKey } from './generated/string-keys';
import { Notice, SYNCS } from './issue-row';
import { Panel } from './panel';

/** What a person has filled in; kept while Jira has not created the issue. */
export interface Draft {
  readonly project: string;
  readonly type: string;
  readonly priority: string;
  readonly sync: `${SyncPreference}`;
  readonly summary: string;
  readonly note: string;
  /** null: those that the service suggests */
  readonly labels: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** R-1705; the service translates them into those of Jira. */
const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;

export interface CreatePanelProps {
  readonly id: string;
  readonly store: FormStore;
  readonly projects: readonly OfferedProject[];
  /** project that the record suggests */
  readonly suggested: string;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  /** why the last try came to nothing, in words */
  readonly refused: string | null;
  readonly say: Words<StringKey>;
  readonly onSend: (key: string, caption: string, payload: Readonly<Record<string, unknown>>) => void;
  readonly onClose: () => void;
}

/** Reads what a project asks for: undefined while that is on its way, null where nobody says. */
function useScreen({ store, draft, say }: CreatePanelProps): Screen | null | undefined {
  const [state, setState] = React.useState<{ readonly project: string; readonly screen: Screen | null }>();
  const { project } = draft;
  React.useEffect(() => {
    let current = true;
    const ask = async (): Promise<void> => {
      const wish = { screen: project };
      const { answer } = await askRecord(
        store.desk,
        CommandType.FindIssues,
        say('create'),
        wish,
        LOOK_FOR,
        () => current,
      );
      if (current) setState({ project, screen: readScreen(answer) });
    };
    if (project) void ask();
    return () => {
      current = false;
    };
  }, [store, project, say]);
  return state?.project === project ? state.screen : undefined;
}

/** Asks for everything that Jira will want, before anything is sent. */
export function CreatePanel(props: CreatePanelProps): React.ReactElement {
  const { id, projects, draft, onDraft, say, refused } = props;
  const table = props.store.desk.table as IssueTable;
  const screen = useScreen(props);
  const [tried, setTried] = React.useState(false);
  const chosen = projects.find((one) => one.id === draft.project);
  const project = chosen?.key ?? '';
  const type = screen?.types.find(({ name }) => name === draft.type) ?? screen?.types[0];
  const values = {
    ...draft,
    type: type?.name ?? '',
    priority: draft.priority || screen?.priority || 'medium',
    labels: draft.labels ?? screen?.labels.join(' ') ?? '',
  };
  const missing = (value: string | undefined, field: string): string | null =>
    tried && !value?.trim() ? say('create.missing', { field }) : null;
  const isWhole = draft.summary.trim() && type?.fields.every((field) => draft.fields[field.id]?.trim());
  /** Of a part of the draft, with the caption of its name. */
  const field = (
    name: Exclude<keyof Draft, 'fields'>,
    hint: string | null,
    rest: Partial<FieldProps>,
  ): React.ReactElement => (
    <Field
      id={`${id}-${name}`}
      caption={say(`create.${name}`)}
      value={values[name]}
      onValue={(value) => onDraft({ ...draft, [name]: value })}
      hint={hint}
      error={rest.required ? missing(values[name], say(`create.${name}`)) : null}
      {...rest}
    />
  );

  const send = (): void => {
    setTried(true);
    if (!screen || !isWhole) return;
    props.onSend(say('creating', { project, type: values.type }), draft.summary, {
      ...values,
      sync: Number(draft.sync),
      description: screen.description,
      labels: values.labels.split(/[\s,]+/).filter(Boolean),
    });
  };

  return (
    <Panel title={say('create')} say={say} onClose={props.onClose}>
      {refused && <Notice {...message('over', 'ErrorBadge', refused, say('create.kept'))} />}
      <div className="crmjira-form">
        {field('project', draft.project && draft.project === props.suggested ? say('create.project.hint') : null, {
          required: true,
          options: [
            ...(chosen ? [] : [['', say('create.choose')] as const]),
            ...projects.map((one) => [one.id ?? '', `${one.key} · ${one.name}`] as const),
          ],
        })}
        {!screen && draft.project && (
          <p className="crmjira-full" role="status">
            <Icon name={screen === null ? 'Warning' : 'ProgressRingDots'} turning={screen !== null} />{' '}
            {say(screen === null ? 'create.unread' : 'create.reading', { project })}
          </p>
        )}
        {screen && type && (
          <React.Fragment>
            {field(
              'type',
              say('create.type.hint', { project, types: screen.types.map(({ name }) => name).join(', ') }),
              { required: true, options: screen.types.map(({ name }) => [name, name]) },
            )}
            {field('priority', say('create.priority.hint', { priority: screen.priorities[values.priority] ?? '' }), {
              options: PRIORITIES.map((name) => [name, say(`priority.${name}`)]),
            })}
            {field('sync', table === 'incident' ? null : say(`sync.${draft.sync}.${table}`), {
              options: SYNCS.map(([value]) => [String(value), say(`sync.${value}`)]),
            })}
            {type.fields.map(({ id: key, name, options }) => (
              <Field
                key={key}
                id={`${id}-${key}`}
                caption={name}
                required
                value={draft.fields[key] ?? ''}
                onValue={(value) => onDraft({ ...draft, fields: { ...draft.fields, [key]: value } })}
                options={options && ['', ...options].map((one) => [one, one])}
                error={missing(draft.fields[key], name)}
              />
            ))}
            {field('summary', say('create.summary.hint', { n: String(draft.summary.length) }), {
              required: true,
              wide: true,
              input: { autoFocus: !refused },
            })}
            <div className="crmjira-field crmjira-full">
              <b>{say('create.description')}</b>
              <p className="crmjira-preview">{screen.description}</p>
              <p>{say('create.description.hint')}</p>
            </div>
            {field('note', null, { wide: true })}
            {field('labels', say('create.labels.hint'), { wide: true })}
          </React.Fragment>
        )}
      </div>
      <ActionButtons
        actions={[
          ...(screen ? [action('send', refused ? 'Sync' : 'Add', say(refused ? 'again' : 'create'), true)] : []),
          action('close', 'Cancel', say('cancel')),
        ]}
        onAction={({ name }) => (name === 'send' ? send() : props.onClose())}
      />
    </Panel>
  );
}
