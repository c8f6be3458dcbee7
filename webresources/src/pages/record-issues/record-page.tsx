import * as React from 'react';
import { type IssueTask, type Selection, readTask } from '../../commands/issues/dialog';
import { type LinkedIssue, readLinkedIssues } from '../../commands/issues/read-links';
import { useClose } from '../link-project/use-close';
import { useEscape } from '../link-project/use-escape';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { CommentForm } from './comment-form';
import { CreateForm } from './create-form';
import { LinkForm } from './link-form';
import { type OfferedProject, type SourceRecord, readOffered, readOwnProject, readRecords } from './read-records';
import { recordIssuesTexts } from '../../strings/generated/record-issues';

/** Milliseconds between two readings: what stands in the forms is kept meanwhile. */
const READ_EVERY = 60_000;

interface RecordFacts {
  readonly records: readonly (SourceRecord & { readonly productId: string | null })[];
  readonly projects: readonly OfferedProject[];
  readonly linked: readonly LinkedIssue[];
  /** of an opportunity that has one, where it is offered beside its issues */
  readonly ownProject: LinkedIssue | null;
}

async function readFacts(task: IssueTask, selection: Selection): Promise<RecordFacts> {
  const [id = ''] = selection.ids;
  const [records, projects, linked, ownProject] = await Promise.all([
    readRecords(selection),
    task === 'create' || task === 'tickets' ? readOffered() : [],
    task === 'create' || task === 'tickets' ? [] : readLinkedIssues(selection.table, id),
    task === 'open' && selection.table === 'opportunity' ? readOwnProject(id) : null,
  ]);
  return { records, projects, linked, ownProject };
}

/** The dialog behind the commands about Jira issues, which the command bar opens (commands/issues). */
export function RecordPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(recordIssuesTexts, language);
  const [asked] = React.useState(() => readTask(location.search));
  const read = React.useCallback(
    (): Promise<RecordFacts | null> => (asked ? readFacts(asked.task, asked.selection) : Promise.resolve(null)),
    [asked],
  );
  const [reading] = useReading(read, READ_EVERY);
  const [, close] = useClose();
  useEscape(close);
  const { value } = reading;
  const failure = failureMessage(reading, language, format, new Date().toISOString());
  const [first] = value?.records ?? [];
  return (
    <PageFrame
      dark={facts.dark}
      title={say(asked?.task ?? 'title')}
      note={value === null && failure === null && asked !== null ? say('loading') : ''}
      messages={[
        ...(failure === null ? [] : [failure]),
        ...(asked === null ? [{ tone: 'neutral', icon: 'Info', strong: say('nothing'), text: '' } as const] : []),
      ]}
      told=""
      busy={value === null && failure === null}
    >
      {asked !== null && value !== null && first !== undefined && (
        <Task {...{ facts, say, value, first }} task={asked.task} table={asked.selection.table} onClose={close} />
      )}
    </PageFrame>
  );
}

function Task(props: {
  readonly task: IssueTask;
  readonly table: string;
  readonly value: RecordFacts;
  readonly first: SourceRecord;
  readonly facts: PageFacts;
  readonly say: ReturnType<typeof sayIn<typeof recordIssuesTexts>>;
  readonly onClose: () => void;
}): React.ReactElement {
  const { task, table, value, first, facts, say, onClose } = props;
  const { records, projects, linked, ownProject } = value;
  const shared = { table, facts, say, onClose };
  switch (task) {
    case 'create':
    case 'tickets':
      return <CreateForm {...shared} {...{ records, projects }} suggested={suggestedFor(value)} />;
    case 'link':
      return <LinkForm {...shared} record={first} linked={linked} />;
    case 'comment':
      return <CommentForm {...shared} record={first} linked={linked} />;
    case 'open':
      return (
        <section className="page-card">
          <ul className="page-effects">
            {[...(ownProject === null ? [] : [ownProject]), ...linked].map(({ key, summary, url }) => (
              <li key={key}>
                {url === null ? (
                  <b className="crmjira-strong">{key}</b>
                ) : (
                  <a href={url} target="_blank" rel="noopener noreferrer">
                    {key}
                  </a>
                )}{' '}
                {summary}
              </li>
            ))}
          </ul>
        </section>
      );
  }
}

/** The project of the product that all records have; the only one there is; none. */
function suggestedFor({ records, projects }: RecordFacts): string {
  const [productId = null, ...others] = new Set(records.map((record) => record.productId));
  const fitting =
    others.length === 0 && productId !== null ? projects.filter((one) => one.productId === productId) : [];
  return fitting[0]?.id ?? (projects.length === 1 ? (projects[0]?.id ?? '') : '');
}
