import * as React from 'react';
import type { Confidence, Language } from '@crmjira/domain';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import type { Chosen } from '../platform/check-boxes';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { Pager } from '../time-sync/pager';
import type { CheckedIssue } from './ask-keys';
import { type Candidate, type Choices, CONFIDENCES, countOf } from './backfill-view';
import { CandidateTable } from './candidate-table';
import { ChangeIssue } from './change-issue';

const PER_PAGE = 25;

/** What is linked to what is seen, chosen and changed here before anything is written (R-1814). */
export function CandidatesStep(props: {
  readonly candidates: readonly Candidate[];
  /** records that were looked through, and of when */
  readonly looked: number;
  readonly period: string;
  readonly issues: ReadonlyMap<string, CheckedIssue>;
  readonly choices: Choices;
  readonly chosen: Chosen;
  readonly isBusy: boolean;
  readonly language: Language;
  readonly say: Say<typeof backfillPageTexts>;
  readonly sayTime: Say<typeof timeSyncTexts>;
  readonly format: PageFormat;
  readonly now: string;
  readonly onChosen: (chosen: Chosen) => void;
  readonly onIssue: (candidate: Candidate, issue: string, found?: CheckedIssue) => void;
  readonly onBack: () => void;
  readonly onLink: () => void;
}): React.ReactElement {
  const { candidates, looked, chosen, isBusy, say, sayTime, format, onIssue } = props;
  const [only, show] = React.useState<Confidence | 'all'>('all');
  const [page, turn] = React.useState(0);
  const [changed, change] = React.useState<Candidate | null>(null);
  const fitting = candidates.filter(({ proposal }) => only === 'all' || proposal.confidence === only);
  const pages = Math.ceil(fitting.length / PER_PAGE);
  const shown = fitting.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const pill = (name: Confidence | 'all', count: number): React.ReactElement => (
    <button
      key={name}
      type="button"
      className="page-pill backfill-pill"
      aria-pressed={only === name}
      onClick={() => {
        show(name);
        turn(0);
      }}
    >
      {say(name)} <b>{format.number(count)}</b>
    </button>
  );
  return (
    <>
      <div className="backfill-head">
        <p>
          <b>{format.number(candidates.length)}</b>{' '}
          <span className="backfill-sub">
            {say('found', {
              n: format.number(looked),
              p: props.period,
              m: format.number(looked - candidates.length),
            })}
          </span>
        </p>
        <div className="backfill-pills">
          {pill('all', candidates.length)}
          {CONFIDENCES.map((one) => pill(one, countOf(candidates, one)))}
        </div>
      </div>
      {candidates.length === 0 ? (
        <div className="page-empty">
          <p>
            <b className="crmjira-strong">{say('nothingFound')}</b>
          </p>
          <p>{say('widen')}</p>
        </div>
      ) : (
        <>
          <CandidateTable {...props} candidates={shown} onChange={change} />
          <Pager
            text={say('sorted', {
              a: `${format.number(Math.min(page * PER_PAGE + 1, fitting.length))}–${format.number(page * PER_PAGE + shown.length)}`,
              b: format.number(fitting.length),
            })}
            {...{ page, pages, format }}
            say={sayTime}
            onPage={turn}
          />
        </>
      )}
      <div className="backfill-foot">
        <p className="crmjira-sub">
          <PageIcon name="Info" /> {say('note')}
        </p>
        <PageButton text={say('back')} onClick={props.onBack} />
        <PageButton
          text={counted(say, 'linkN', chosen.size, format)}
          icon="Link"
          look="primary"
          disabled={chosen.size === 0 || isBusy}
          onClick={props.onLink}
        />
      </div>
      {changed !== null && (
        <ChangeIssue
          candidate={changed}
          language={props.language}
          say={say}
          onIssue={(issue) => {
            onIssue(changed, issue.key ?? issue.asked, issue);
            change(null);
          }}
          onClose={() => change(null)}
        />
      )}
    </>
  );
}
