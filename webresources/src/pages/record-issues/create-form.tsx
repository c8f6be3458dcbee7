import * as React from 'react';
import { CommandState, CommandType, SyncPreference, commandTypeLabels } from '@crmjira/domain';
import { type AskedOf, askAbout, isAnswered } from '../../commands/ask-about';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import { type Say, counted } from '../platform/page-words';
import { ProgressBar } from '../platform/progress-bar';
import type { PageFacts } from '../platform/start-page';
import { useScreen } from '../platform/use-screen';
import { followLink, linkOf } from './follow-link';
import type { OfferedProject, SourceRecord } from './read-records';
import type { recordIssuesTexts } from '../../strings/generated/record-issues';

type Key = keyof typeof recordIssuesTexts;

const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
const SYNCS = {
  [SyncPreference.Both]: 'both',
  [SyncPreference.JiraToCrm]: 'fromJira',
  [SyncPreference.CrmToJira]: 'toJira',
  [SyncPreference.Off]: 'off',
} as const satisfies Readonly<Record<SyncPreference, Key>>;

export interface CreateProps {
  readonly table: string;
  readonly records: readonly SourceRecord[];
  readonly projects: readonly OfferedProject[];
  /** that the records suggest; empty: none */
  readonly suggested: string;
  readonly facts: PageFacts;
  readonly say: Say<typeof recordIssuesTexts>;
  readonly onClose: () => void;
}

interface Draft {
  readonly project: string;
  readonly type: string;
  readonly priority: string;
  readonly sync: number;
  /** null: as the record suggests */
  readonly summary: string | null;
  readonly note: string;
  readonly labels: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** One issue for each of the records: what is common is asked, of a single one also what is its own (R-1705, R-1718). */
export function CreateForm(props: CreateProps): React.ReactElement {
  const { table, records, projects, suggested, facts, say, onClose } = props;
  const { format, language } = facts;
  const [draft, setDraft] = React.useState<Draft>({
    project: suggested,
    type: '',
    priority: '',
    sync: SyncPreference.Both,
    summary: null,
    note: '',
    labels: null,
    fields: {},
  });
  const [tried, setTried] = React.useState(false);
  const [asked, setAsked] = React.useState<ReadonlyMap<string, AskedOf>>(new Map());
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const [first] = records;
  const one = records.length === 1 ? first : undefined;
  const screen = useScreen(first ? { table, id: first.id } : null, draft.project, language);
  const key = projects.find(({ id }) => id === draft.project)?.key ?? '';
  const types = (screen?.types ?? []).filter(({ fields }) => one !== undefined || fields.length === 0);
  const type = types.find(({ name }) => name === draft.type) ?? types[0];
  const summary = draft.summary ?? one?.name.slice(0, 255) ?? '';
  const labels = draft.labels ?? screen?.labels.join(' ') ?? '';
  const priority = draft.priority || screen?.priority || 'medium';
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });

  const payloadOf = (record: SourceRecord): unknown => ({
    project: draft.project,
    type: type?.name,
    sync: draft.sync,
    note: draft.note || null,
    ...(one === undefined
      ? { labels: record.labels }
      : {
          priority,
          summary,
          labels: labels.split(/[\s,]+/).filter(Boolean),
          description: screen?.description,
          fields: draft.fields,
        }),
  });
  const send = async (some: readonly SourceRecord[]): Promise<void> => {
    const hear = (id: string, state: AskedOf): boolean => {
      if (alive.current) setAsked((before) => new Map(before).set(id, state));
      return alive.current;
    };
    await Promise.all(
      some.map(async (record) => {
        const accepted = await askAbout(
          {
            regarding: { table, id: record.id },
            type: CommandType.CreateIssue,
            name: commandTypeLabels[CommandType.CreateIssue][language],
            payload: payloadOf(record),
          },
          (state) => (isCreated(state) ? alive.current : hear(record.id, state)),
        );
        if (isCreated(accepted))
          await followLink(
            accepted,
            (key) => say('createdKey', { key }),
            (state) => hear(record.id, state),
          );
      }),
    );
  };
  const isWhole =
    type !== undefined &&
    (one === undefined || (summary.trim() !== '' && type.fields.every(({ id }) => draft.fields[id]?.trim())));
  const press = (): void => {
    setTried(true);
    if (isWhole) void send(records);
  };
  const missing = (name: string, value: string | undefined): React.ReactElement | null =>
    tried && !value?.trim() ? <span className="record-missing">{say('missing', { field: name })}</span> : null;

  if (asked.size > 0) return <Progress {...props} asked={asked} onAgain={(some) => void send(some)} />;
  if (projects.length === 0) return <Notice tone="warn" icon="Info" strong={say('noProjects')} text="" />;
  return (
    <section className="page-card">
      <p>
        {say(records.length === 1 ? 'recordsOne' : 'records', {
          n: format.number(records.length),
          names: records.map(({ name }) => name).join(', '),
        })}
      </p>
      {one === undefined && <p className="crmjira-sub">{say('oneForEach')}</p>}
      <div className="page-form page-content">
        <Choice
          name={say('project')}
          required
          value={draft.project}
          onValue={(project) => change({ project, type: '' })}
          error={missing(say('project'), draft.project)}
        >
          <option value="">{say('choose')}</option>
          {projects.map(({ id, key: own, name }) => (
            <option key={id} value={id}>
              {`${own} · ${name}`}
            </option>
          ))}
        </Choice>
        {draft.project !== '' && !screen && (
          <p className="page-wholefield" role="status">
            {say(screen === null ? 'unread' : 'reading', { project: key })}
          </p>
        )}
        {screen && type === undefined && (
          <p className="page-wholefield" role="status">
            {say('noPlainType', { project: key })}
          </p>
        )}
        {screen && type !== undefined && (
          <>
            <Choice
              name={say('type')}
              required
              value={type.name}
              onValue={(name) => change({ type: name })}
              hint={say('typeHint', { project: key, types: types.map(({ name }) => name).join(', ') })}
            >
              {types.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </Choice>
            {one !== undefined && (
              <Choice
                name={say('priority')}
                value={priority}
                onValue={(value) => change({ priority: value })}
                hint={screen.priorities[priority] ? say('priorityHint', { p: screen.priorities[priority] ?? '' }) : ''}
              >
                {PRIORITIES.map((name) => (
                  <option key={name} value={name}>
                    {say(name)}
                  </option>
                ))}
              </Choice>
            )}
            <Choice
              name={say('sync')}
              value={String(draft.sync)}
              onValue={(value) => change({ sync: Number(value) })}
              hint={table === 'incident' ? '' : say('syncHint')}
            >
              {Object.entries(SYNCS).map(([value, word]) => (
                <option key={value} value={value}>
                  {say(word)}
                </option>
              ))}
            </Choice>
            {one !== undefined && (
              <>
                {type.fields.map(({ id, name, options }) => (
                  <Text
                    key={id}
                    name={name}
                    required
                    value={draft.fields[id] ?? ''}
                    options={options}
                    onValue={(value) => change({ fields: { ...draft.fields, [id]: value } })}
                    error={missing(name, draft.fields[id])}
                  />
                ))}
                <Text
                  name={say('summary')}
                  required
                  wide
                  value={summary}
                  longest={255}
                  onValue={(value) => change({ summary: value })}
                  hint={say('summaryHint', { n: format.number(summary.length) })}
                  error={missing(say('summary'), summary)}
                />
                <div className="page-field page-wholefield">
                  <b>{say('description')}</b>
                  <p className="record-preview" tabIndex={0} role="region" aria-label={say('description')}>
                    {screen.description}
                  </p>
                  <span className="crmjira-sub">{say('descriptionHint')}</span>
                </div>
              </>
            )}
            <Text name={say('note')} wide value={draft.note} onValue={(note) => change({ note })} longest={2_000} />
            {one !== undefined && (
              <Text
                name={say('labels')}
                wide
                value={labels}
                onValue={(value) => change({ labels: value })}
                hint={say('labelsHint')}
              />
            )}
          </>
        )}
      </div>
      <div className="record-buttons">
        <PageButton
          text={one === undefined ? say('createN', { n: format.number(records.length) }) : say('createOne')}
          icon="Add"
          look="primary"
          disabled={type === undefined}
          onClick={press}
        />
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </section>
  );
}

function Choice(props: {
  readonly name: string;
  readonly required?: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string;
  readonly error?: React.ReactNode;
  readonly children: React.ReactNode;
}): React.ReactElement {
  const { name, required, value, onValue, hint, error, children } = props;
  return (
    <label className="page-field">
      <b>
        {name} {required && <span aria-hidden="true">*</span>}
      </b>
      <select
        className="page-input"
        required={required}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {children}
      </select>
      {hint && <span className="crmjira-sub">{hint}</span>}
      {error}
    </label>
  );
}

export function Text(props: {
  readonly name: string;
  readonly required?: boolean;
  readonly wide?: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly options?: readonly string[];
  readonly longest?: number;
  readonly hint?: string;
  readonly error?: React.ReactNode;
}): React.ReactElement {
  const { name, required, wide, value, onValue, options, longest, hint, error } = props;
  const shared = { className: 'page-input', required, value };
  return (
    <label className={`page-field${wide ? ' page-wholefield' : ''}`}>
      <b>
        {name} {required && <span aria-hidden="true">*</span>}
      </b>
      {options === undefined ? (
        <input {...shared} maxLength={longest} onChange={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <select {...shared} onChange={(event) => onValue(event.currentTarget.value)}>
          {['', ...options].map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
      {hint && <span className="crmjira-sub">{hint}</span>}
      {error}
    </label>
  );
}

const isCreated = ({ state }: AskedOf): boolean => state === CommandState.Done;

/** How far they are, then what became of each and the way to try again what failed. */
function Progress(
  props: CreateProps & {
    readonly asked: ReadonlyMap<string, AskedOf>;
    readonly onAgain: (records: readonly SourceRecord[]) => void;
  },
): React.ReactElement {
  const { records, asked, facts, say, onAgain, onClose } = props;
  const { format } = facts;
  const all = records.map((record) => ({ record, state: asked.get(record.id) }));
  const created = all.filter(({ state }) => state && isCreated(state));
  const failed = all.filter(({ state }) => state && isAnswered(state) && !isCreated(state));
  // What has a link is tried again at its row: another request would make another issue.
  const again = failed.filter(({ state }) => state && linkOf(state) === null);
  const isOver = created.length + failed.length === records.length;
  const of = records.length;
  const places = { a: format.number(created.length), n: format.number(of), b: format.number(failed.length) };
  const wordsOf = (state: AskedOf | undefined): string => {
    if (state === undefined) return say('waits');
    if (state.notSent !== null) return say(state.notSent === 'forbidden' ? 'notAllowed' : 'notSent');
    return state.result || say(isCreated(state) ? 'done' : isAnswered(state) ? 'failed' : 'waits');
  };
  return (
    <section className="page-card">
      <div role="status">
        {!isOver ? (
          <Notice tone="brand" icon="ProgressRingDots" strong={say('createdOf', places)} text={say('runningNext')} />
        ) : failed.length === 0 ? (
          <Notice tone="ok" icon="Completed" strong={counted(say, 'allCreated', of, format)} text="" />
        ) : (
          <Notice
            tone="warn"
            icon="Warning"
            strong={say('some', places)}
            text={created.length > 0 ? say('stays') : ''}
          />
        )}
      </div>
      {!isOver && <ProgressBar name={say('bar')} done={created.length} of={of} />}
      <ul className="page-effects page-content">
        {all.map(({ record, state }) => (
          <li key={record.id}>
            <span className={state && isCreated(state) ? 'page-done' : undefined}>
              <PageIcon
                name={state && isCreated(state) ? 'Completed' : state && isAnswered(state) ? 'ErrorBadge' : 'Clock'}
              />
            </span>
            <span>
              <b className="crmjira-strong">{record.name}</b>
              <br />
              <span className="crmjira-sub">{wordsOf(state)}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className="record-buttons">
        {isOver && again.length > 0 && (
          <PageButton
            text={counted(say, 'tryAgain', again.length, format)}
            icon="Sync"
            look="primary"
            onClick={() => onAgain(again.map(({ record }) => record))}
          />
        )}
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </section>
  );
}
