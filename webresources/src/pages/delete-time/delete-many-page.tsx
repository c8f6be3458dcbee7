import * as React from 'react';
import { message, readColumns } from '@crmjira/form-data';
import { useClose } from '../link-project/use-close';
import { useEscape } from '../link-project/use-escape';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import { ProgressBar } from '../platform/progress-bar';
import { conditionIn, fetchRows } from '../platform/read-rows';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { deleteTimeTexts } from '../../strings/generated/delete-time';
import { readTicked } from './read-ticked';
import { messageOf } from './step-message';
import { type Selected, useDeletions } from './use-deletions';
import { SELECTED_COLUMNS } from './selected-columns';

/** Milliseconds between two readings: a sync may give a record a worklog meanwhile. */
const READ_EVERY = 30_000;

interface ManyFacts {
  readonly records: readonly Selected[];
  /** the worklogs go along unless somebody says otherwise */
  readonly isTicked: boolean;
}

async function readMany(ids: readonly string[]): Promise<ManyFacts> {
  const columns = Object.values(SELECTED_COLUMNS).map(({ column }) => `<attribute name="${column}" />`);
  const filter = `<filter>${conditionIn('crmjira_time_recordid', ids)}</filter>`;
  const [rows, isTicked] = await Promise.all([
    fetchRows(
      'crmjira_time_record',
      `<fetch><entity name="crmjira_time_record">${columns.join('')}${filter}</entity></fetch>`,
    ),
    readTicked(),
  ]);
  const records = rows.map((row) => {
    const { id, subject, worklogId } = readColumns(row, SELECTED_COLUMNS);
    return { id: id ?? '', subject: subject ?? '', hasWorklog: worklogId !== null };
  });
  return { records, isTicked };
}

/** As `DeletePage`, of all records that are selected in a list: each as a single one, and what came of all (R-1827). */
export function DeleteManyPage(props: {
  readonly facts: PageFacts;
  readonly ids: readonly string[];
}): React.ReactElement {
  const { facts, ids } = props;
  const { language, format } = facts;
  const say = sayIn(deleteTimeTexts, language);
  const read = React.useCallback(() => readMany(ids), [ids]);
  const [reading] = useReading(read, READ_EVERY);
  const [chosen, tick] = React.useState<boolean | null>(null);
  /** as they were when it began: what is gone is read no more */
  const [begun, begin] = React.useState<readonly Selected[] | null>(null);
  const [stays, close] = useClose();
  const [{ kind, deleted, kept }, run] = useDeletions(language);
  useEscape(close);
  const { value } = reading;
  const records = begun ?? value?.records ?? [];
  const inJira = records.filter(({ hasWorklog }) => hasWorklog).length;
  const isTicked = chosen ?? value?.isTicked ?? false;
  const n = format.number(value === null && begun === null ? ids.length : records.length);
  const failure = failureMessage(reading, language, format, new Date().toISOString());
  const counts = { a: format.number(deleted), k: format.number(kept.length), n };
  const result =
    kind !== 'done'
      ? null
      : kept.length === 0
        ? message('ok', 'Completed', say('manyDeleted', counts), '')
        : message('warn', 'Warning', say('manyResult', counts), '');
  return (
    <PageFrame
      dark={facts.dark}
      title={say('manyTitle', { n })}
      note=""
      messages={[
        ...(failure === null || begun !== null ? [] : [failure]),
        ...(result === null ? [] : [result]),
        ...(stays ? [message('neutral', 'Info', say('stays'), '')] : []),
      ]}
      told=""
      busy={kind === 'running' || (value === null && failure === null)}
    >
      {kind === 'asking' && inJira > 0 && (
        <React.Fragment>
          <p>{say(value?.isTicked === true ? 'manyGo' : 'manyStay', { n: format.number(inJira) })}</p>
          <label className="delete-choice">
            <input
              type="checkbox"
              className="page-check"
              checked={isTicked}
              onChange={({ currentTarget }) => tick(currentTarget.checked)}
            />
            {say('removeMany')}
          </label>
        </React.Fragment>
      )}
      {kind === 'running' && (
        <React.Fragment>
          <p>{say('manyRunning', { ...counts, a: format.number(deleted + kept.length) })}</p>
          <ProgressBar name={say('manyProgress')} done={deleted + kept.length} of={records.length} />
          <p className="crmjira-sub">{say('manyStops')}</p>
        </React.Fragment>
      )}
      {kept.length > 0 && (
        <ul className="delete-kept">
          {kept.map(({ record, because }) => (
            <li key={record.id}>
              <b className="crmjira-strong">{record.subject}</b> {messageOf(because, say, '')?.strong}
            </li>
          ))}
        </ul>
      )}
      <div className="delete-buttons">
        {kind !== 'done' && (
          <PageButton
            text={say('delete')}
            look="primary"
            disabled={records.length === 0 || kind === 'running'}
            onClick={() => {
              begin(records);
              run(records, isTicked);
            }}
          />
        )}
        <PageButton
          text={say(kind === 'asking' ? 'cancel' : 'close')}
          {...(kind === 'done' && { look: 'primary' as const })}
          onClick={close}
        />
      </div>
    </PageFrame>
  );
}
