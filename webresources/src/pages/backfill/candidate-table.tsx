import * as React from 'react';
import { type Confidence } from '@crmjira/domain';
import { type ChipView, Chip, IssueBadge, formatHours } from '@crmjira/form-data';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import { CheckAll, CheckOne, type Chosen, toggled } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import { openRecord } from '../platform/open-page';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { CheckedIssue } from './ask-keys';
import { type Candidate, type Choices, excerpt, issueOf } from './backfill-view';

type Key = keyof typeof backfillPageTexts;

interface Shown {
  readonly issues: ReadonlyMap<string, CheckedIssue>;
  readonly choices: Choices;
  readonly chosen: Chosen;
  readonly say: Say<typeof backfillPageTexts>;
  readonly format: PageFormat;
  readonly now: string;
  readonly onChosen: (chosen: Chosen) => void;
  readonly onIssue: (candidate: Candidate, issue: string) => void;
  readonly onChange: (candidate: Candidate) => void;
}

const LOOKS: Readonly<Record<Confidence, Pick<ChipView, 'tone' | 'icon'>>> = {
  high: { tone: 'ok', icon: 'Completed' },
  medium: { tone: 'brand', icon: 'CircleHalfFull' },
  low: { tone: 'warn', icon: 'Warning' },
};

/** What was found in which record, how sure it is, and what it would be linked to (R-1814). */
export function CandidateTable(props: Shown & { readonly candidates: readonly Candidate[] }): React.ReactElement {
  const { candidates, ...shown } = props;
  const { say, choices, chosen, onChosen } = shown;
  const usable = candidates.filter((one) => issueOf(one, choices) !== null).map(({ id }) => id);
  const heads: readonly Key[] = ['timeIn', 'record', 'duration', 'foundIn', 'confidence', 'issue'];
  return (
    <ScrollTable name={say('step2')} className="time-table backfill-table">
      <thead>
        <tr>
          <th scope="col" className="page-checkcell">
            <CheckAll name={say('selectAll')} ids={usable} chosen={chosen} onChange={onChosen} />
          </th>
          {heads.map((head) => (
            <th key={head} scope="col" className={head === 'duration' ? 'page-number' : undefined}>
              {say(head)}
            </th>
          ))}
          <th scope="col">
            <span className="crmjira-hidden">{say('change')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <Row key={candidate.id} {...shown} candidate={candidate} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Row(props: Shown & { readonly candidate: Candidate }): React.ReactElement {
  const { candidate, choices, chosen, say, format, now, onChosen, onChange } = props;
  const { id, subject, timeIn, seconds, proposal } = candidate;
  const isChosen = chosen.has(id);
  const [before, key, after] = excerpt(proposal);
  const looks = LOOKS[proposal.confidence];
  return (
    <tr className={isChosen ? 'page-chosen' : undefined}>
      <td className="page-checkcell">
        {issueOf(candidate, choices) === null ? (
          <input
            type="checkbox"
            className="page-check"
            aria-label={subject}
            aria-disabled={true}
            checked={false}
            onChange={() => undefined}
          />
        ) : (
          <CheckOne name={subject} checked={isChosen} onChange={() => onChosen(toggled(chosen, id))} />
        )}
      </td>
      <th scope="row" className="page-nowrap">
        {format.time(timeIn, now)}
      </th>
      <td data-label={say('record')}>
        <LinkButton text={subject} onClick={() => openRecord('crmjira_time_record', id)} />
      </td>
      <td data-label={say('duration')} className="page-number">
        {seconds === null ? '–' : formatHours(seconds)}
      </td>
      <td className="backfill-found">
        <small>{say(proposal.finding.source === 'link' ? 'link' : 'notes')}</small>
        <span className="time-cut" title={proposal.finding.text.slice(0, 500)}>
          {before}
          <mark>{key}</mark>
          {after}
        </span>
      </td>
      <td data-label={say('confidence')}>
        <Chip {...looks} text={say(proposal.confidence)} />
        <small>{whyOf(props)}</small>
      </td>
      <td data-label={say('issue')}>
        <Issue {...props} />
      </td>
      <td>
        <button
          type="button"
          className="time-iconbutton"
          aria-label={say('changeOf', { name: subject })}
          title={say('changeOf', { name: subject })}
          onClick={() => onChange(candidate)}
        >
          <PageIcon name="Edit" />
        </button>
      </td>
    </tr>
  );
}

/** Why it is as sure as it is. */
function whyOf({ candidate, choices, say, format }: Shown & { readonly candidate: Candidate }): string {
  const { confidence, choices: several, reason } = candidate.proposal;
  const chosen = choices.get(candidate.id);
  if (chosen !== undefined && !several.includes(chosen)) return say('ownWhy');
  if (several.length > 0)
    return several.length === 2 ? say('twoWhy') : say('severalWhy', { n: format.number(several.length) });
  if (confidence !== 'low') return say(confidence === 'high' ? 'highWhy' : 'mediumWhy');
  return say(reason === 'time-no-permission' ? 'forbiddenWhy' : 'lowWhy');
}

/** The issue, those to choose from, or that there is none. */
function Issue({
  candidate,
  choices,
  issues,
  say,
  format,
  onIssue,
}: Shown & { readonly candidate: Candidate }): React.ReactElement {
  const { proposal, subject } = candidate;
  const issue = issueOf(candidate, choices);
  const copy = issue === null ? undefined : issues.get(issue);
  const several = proposal.choices;
  if (several.length > 0 && (issue === null || several.includes(issue)))
    return (
      <>
        <select
          className="page-input"
          aria-label={say('chooseOf', { name: subject })}
          value={issue ?? ''}
          onChange={({ currentTarget }) => currentTarget.value !== '' && onIssue(candidate, currentTarget.value)}
        >
          <option value="">{say('choose', { n: format.number(several.length) })}</option>
          {several.map((key) => (
            <option key={key} value={key}>
              {key}
            </option>
          ))}
        </select>
        {copy?.summary && <small>{copy.summary}</small>}
      </>
    );
  if (issue === null) return <small>{proposal.reason === 'time-no-permission' ? '–' : say('notKey')}</small>;
  return (
    <>
      <IssueBadge
        status={copy?.status ?? null}
        category={copy?.category ?? null}
        text={issue}
        size="small"
        title={copy?.summary ?? ''}
      />
      {copy?.summary && <small>{copy.summary}</small>}
    </>
  );
}
