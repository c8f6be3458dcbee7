import * as React from 'react';
import { CommandState, CommandType, SyncPreference, commandTypeLabels } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { type AskedOf, askAbout, isAnswered } from '../../commands/ask-about';
import type { LinkedIssue } from '../../commands/issues/read-links';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { type Say, counted } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { Text } from './create-form';
import type { SourceRecord } from './read-records';
import type { recordIssuesTexts } from '../../strings/generated/record-issues';

/** An issue that Jira has found. */
interface Found {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly integration: string;
}

export interface TaskProps {
  readonly table: string;
  readonly record: SourceRecord;
  readonly linked: readonly LinkedIssue[];
  readonly facts: PageFacts;
  readonly say: Say<typeof recordIssuesTexts>;
  readonly onClose: () => void;
}

/** Finds an issue by its key or by words, and links it (R-1707). */
export function LinkForm({ table, record, linked, facts, say, onClose }: TaskProps): React.ReactElement {
  const { language, format } = facts;
  const [text, setText] = React.useState('');
  const [search, setSearch] = React.useState<AskedOf | null>(null);
  const [link, setLink] = React.useState<{ readonly key: string; readonly state: AskedOf } | null>(null);
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const regarding = { table, id: record.id };
  const nameOf = (type: CommandType): string => commandTypeLabels[type][language];
  const find = (event: React.FormEvent): void => {
    event.preventDefault();
    if (text.trim().length < 2) return;
    const type = CommandType.FindIssues;
    void askAbout({ regarding, type, name: nameOf(type), payload: { text: text.trim() } }, (state) => {
      if (alive.current) setSearch(state);
      return alive.current;
    });
  };
  const choose = ({ key, id, integration }: Found): void => {
    const type = CommandType.LinkIssue;
    const payload = { key, issueId: id, integration, sync: SyncPreference.Both };
    void askAbout({ regarding, type, name: nameOf(type), payload }, (state) => {
      if (alive.current) setLink({ key, state });
      return alive.current;
    });
  };
  const issues = foundIn(search?.answer);
  const keys = new Set(linked.map(({ key }) => key));
  const isSearching = search !== null && !isAnswered(search);
  const isSilent = search !== null && isAnswered(search) && search.state !== CommandState.Done;
  return (
    <section className="page-card">
      <form onSubmit={find} className="record-search">
        <Text name={say('search')} wide value={text} onValue={setText} hint={say('searchHint')} />
        <button type="submit" className="ms-Button">
          {say('searchNow')}
        </button>
      </form>
      <div role="status" className="page-messages">
        {isSearching && <p>{say('searching')}</p>}
        {isSilent && <Notice tone="warn" icon="Warning" strong={say('silent')} text={search?.result ?? ''} />}
        {search?.state === CommandState.Done && issues.length === 0 && (
          <Notice tone="neutral" icon="Info" strong={say('none')} text={say('noneNext')} />
        )}
        {issues.length > 0 && <p className="crmjira-sub">{counted(say, 'found', issues.length, format)}</p>}
        {link !== null && (
          <Outcome
            {...{ say }}
            name={say('linking', { key: link.key })}
            done={say('linked', { key: link.key })}
            state={link.state}
          />
        )}
      </div>
      <ul className="page-effects">
        {issues.map((issue) => (
          <li key={issue.key} className="record-found">
            <span>
              <b className="crmjira-strong">{issue.key}</b> {issue.summary}
            </span>
            <Chip tone="neutral" icon="Info" text={issue.status} />
            {keys.has(issue.key) ? (
              <span className="crmjira-sub">{say('alreadyLinked')}</span>
            ) : (
              <PageButton
                text={say('linkOf', { key: issue.key })}
                icon="Link"
                look="small"
                disabled={link !== null && (!isAnswered(link.state) || link.state.state === CommandState.Done)}
                onClick={() => choose(issue)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="record-buttons">
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </section>
  );
}

function foundIn(answer: unknown): readonly Found[] {
  const issues: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'issues') : null;
  // the service's own document
  return Array.isArray(issues) ? (issues as readonly Found[]) : [];
}

/** What came of a request, in the service's words. */
export function Outcome(props: {
  readonly name: string;
  readonly done: string;
  readonly state: AskedOf;
  readonly say: TaskProps['say'];
}): React.ReactElement {
  const { name, done, state, say } = props;
  const { notSent, result } = state;
  if (notSent !== null)
    return (
      <Notice
        tone="over"
        icon={notSent === 'forbidden' ? 'Lock' : 'PlugDisconnected'}
        strong={say(notSent === 'forbidden' ? 'notAllowed' : 'notSent')}
        text=""
      />
    );
  if (!isAnswered(state)) return <Notice tone="brand" icon="ProgressRingDots" strong={name} text={result} />;
  if (state.state === CommandState.Done) return <Notice tone="ok" icon="Completed" strong={done} text="" />;
  return <Notice tone="over" icon="Blocked" strong={result || say('failed')} text="" />;
}
