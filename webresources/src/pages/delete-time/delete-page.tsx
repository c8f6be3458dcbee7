import * as React from 'react';
import { message, textField } from '@crmjira/form-data';
import { useClose } from '../link-project/use-close';
import { useEscape } from '../link-project/use-escape';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { deleteTimeTexts } from '../../strings/generated/delete-time';
import { readTicked } from './read-ticked';
import { messageOf } from './step-message';
import { useDeletion } from './use-deletion';

/** Milliseconds between two readings: a sync may give the record a worklog meanwhile. */
const READ_EVERY = 30_000;

interface DeletionFacts {
  /** null: nothing of it is in Jira */
  readonly worklogId: string | null;
  /** the worklog goes along unless somebody says otherwise */
  readonly isTicked: boolean;
}

async function readFacts(id: string): Promise<DeletionFacts> {
  const [row, isTicked] = await Promise.all([
    Xrm.WebApi.retrieveRecord('crmjira_time_record', id, '?$select=crmjira_jira_worklog_id'),
    readTicked(),
  ]);
  return { worklogId: textField(row, 'crmjira_jira_worklog_id'), isTicked };
}

/**
 * Asks whether the worklog of a time record goes along with it; unless the environment says otherwise it stays (R-1827). The dialog behind
 * the command "Delete".
 */
export function DeletePage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(deleteTimeTexts, language);
  const id = settings.recordId;
  const read = React.useCallback(
    (): Promise<DeletionFacts | null> => (id === null ? Promise.resolve(null) : readFacts(id)),
    [id],
  );
  const [reading] = useReading(read, READ_EVERY);
  const [chosen, tick] = React.useState<boolean | null>(null);
  const [stays, close] = useClose();
  const [step, run] = useDeletion(id ?? '', language, close);
  useEscape(close);
  const { value } = reading;
  const isBusy = step.kind === 'removing' || step.kind === 'deleting';
  const failure = failureMessage(reading, language, format, new Date().toISOString());
  const worklogId = value?.worklogId ?? null;
  const isTicked = chosen ?? value?.isTicked ?? false;
  const told = messageOf(step, say, worklogId ?? '');
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note=""
      messages={[
        ...(failure === null ? [] : [failure]),
        ...(told === null ? [] : [told]),
        ...(stays ? [message('neutral', 'Info', say('stays'), '')] : []),
      ]}
      told=""
      busy={isBusy || (value === null && failure === null && id !== null)}
    >
      {worklogId !== null && (
        <React.Fragment>
          <p>{say(value?.isTicked === true ? 'worklogGoes' : 'worklogStays', { id: worklogId })}</p>
          <label className="delete-choice">
            <input
              type="checkbox"
              className="page-check"
              checked={isTicked}
              disabled={isBusy}
              onChange={({ currentTarget }) => tick(currentTarget.checked)}
            />
            {say('remove')}
          </label>
        </React.Fragment>
      )}
      <div className="delete-buttons">
        <PageButton
          text={say('delete')}
          look="primary"
          disabled={value === null || isBusy || step.kind === 'deleted'}
          onClick={() => run(isTicked && worklogId !== null)}
        />
        <PageButton text={say('cancel')} onClick={close} />
      </div>
    </PageFrame>
  );
}
