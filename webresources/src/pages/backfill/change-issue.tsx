import * as React from 'react';
import { type Language, isIssueKey } from '@crmjira/domain';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import type { Say } from '../platform/page-words';
import { type CheckedIssue, askKeys } from './ask-keys';
import type { Candidate } from './backfill-view';

/** Another issue for a record, typed by the person and looked up in Jira before it is taken (R-1814). */
export function ChangeIssue(props: {
  readonly candidate: Candidate;
  readonly language: Language;
  readonly say: Say<typeof backfillPageTexts>;
  readonly onIssue: (issue: CheckedIssue) => void;
  readonly onClose: () => void;
}): React.ReactElement {
  const { candidate, language, say, onIssue, onClose } = props;
  const [typed, type] = React.useState('');
  const [error, setError] = React.useState('');
  const [isBusy, setBusy] = React.useState(false);
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );
  const use = async (): Promise<void> => {
    const key = typed.trim().toUpperCase();
    if (!isIssueKey(key)) return setError(say('keyFormat'));
    setError('');
    setBusy(true);
    const { issues, trouble } = await askKeys(
      [{ record: candidate.id, from: null, to: key }],
      true,
      language,
      () => alive.current,
    );
    if (!alive.current) return;
    setBusy(false);
    const [issue] = issues;
    if (issue?.reason === null) return onIssue(issue);
    if (issue?.reason === 'time-no-permission') return setError(say('forbiddenWhy'));
    setError(trouble?.result || say('keyMissing', { k: key }));
  };
  return (
    <PageDialog title={say('changeOf', { name: candidate.subject })} close={say('cancel')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void use();
        }}
      >
        <div className="page-dialogbody">
          <label className="page-field">
            <b>{say('key')}</b>
            <input
              type="text"
              className="page-input"
              value={typed}
              maxLength={50}
              aria-invalid={error !== ''}
              aria-describedby="key-error"
              onChange={({ currentTarget }) => type(currentTarget.value)}
            />
          </label>
          <p id="key-error" className="backfill-error" role="status">
            {isBusy ? say('checking') : error}
          </p>
        </div>
        <div className="page-dialogfoot">
          <PageButton text={say('use')} look="primary" disabled={isBusy} onClick={() => void use()} />
          <PageButton text={say('cancel')} onClick={onClose} />
        </div>
      </form>
    </PageDialog>
  );
}
