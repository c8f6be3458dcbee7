import * as React from 'react';
import { type Language, failureSentence, operationTypeLabels, sourceSystemLabels } from '@crmjira/domain';
import { Icon } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import type { LoggedError } from './health-figures';
import { isOver } from './retry-progress';
import type { Retries } from './use-retries';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

/** R-1104: time, source system, message; and the way to try again. */
export function ErrorsTable(props: {
  readonly errors: readonly LoggedError[];
  readonly retries: Retries;
  readonly say: Say<typeof integrationHealthTexts>;
  readonly language: Language;
  readonly format: PageFormat;
  readonly now: string;
}): React.ReactElement {
  const { errors, retries, say, language, format, now } = props;
  if (errors.length === 0) return <p className="page-content">{say('noErrors')}</p>;
  const heads = [say('time'), say('source'), say('operation'), say('record'), say('what'), say('action')];
  const cell = (index: number, content: React.ReactNode): React.ReactElement => (
    <td data-label={heads[index]}>{content}</td>
  );
  return (
    <table className="page-table errors">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {errors.map((error) => (
          <tr key={error.id}>
            {cell(0, format.time(error.at, now))}
            {cell(1, error.source === null ? '' : sourceSystemLabels[error.source][language])}
            {cell(2, error.operation === null ? '' : operationTypeLabels[error.operation][language])}
            {cell(3, <RecordLink error={error} say={say} />)}
            {cell(4, <What error={error} retries={retries} say={say} language={language} />)}
            {cell(5, <RetryButton error={error} retries={retries} say={say} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PartProps {
  readonly error: LoggedError;
  readonly say: Say<typeof integrationHealthTexts>;
}

/** What happened, in the person's language; below it what came of a retry from here. */
function What(props: PartProps & { readonly retries: Retries; readonly language: Language }): React.ReactElement {
  const { error, retries, language } = props;
  const state = retries.of(error);
  return (
    <>
      {failureSentence(error.code, error.message, language)}
      {state !== null && state.kind !== 'running' && (
        <span className={`retry-result retry-${state.kind}`}>
          <Icon name={state.kind === 'done' ? 'Completed' : state.kind === 'waiting' ? 'Clock' : 'Blocked'} />
          {state.text}
        </span>
      )}
    </>
  );
}

function RecordLink({ error, say }: PartProps): React.ReactElement {
  const { opportunityId } = error;
  const record = error.record ?? say('goneRecord');
  if (opportunityId === null) return <>{record}</>;
  const open = (): void =>
    void Xrm.Navigation.openForm({ entityName: 'opportunity', entityId: opportunityId }).then(undefined, console.error);
  return (
    <button type="button" className="crmjira-linkbutton" aria-label={say('openRecord', { record })} onClick={open}>
      {record}
    </button>
  );
}

function RetryButton({ error, retries, say }: PartProps & { readonly retries: Retries }): React.ReactElement {
  if (error.opportunityId === null) return <span className="crmjira-sub">{say('nothingToRetry')}</span>;
  const state = retries.of(error);
  const busy = state !== null && !isOver(state);
  const text = busy ? say('retrying') : say('retry');
  return (
    <button
      type="button"
      className={`ms-Button${busy ? ' is-disabled' : ''}`}
      aria-disabled={busy}
      aria-label={busy ? text : say('retryOf', { record: error.record ?? say('goneRecord') })}
      onClick={() => retries.retry(error)}
    >
      {text}
    </button>
  );
}
