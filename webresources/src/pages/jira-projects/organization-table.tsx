import * as React from 'react';
import { Health } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { CheckAll, CheckOne, type Chosen, toggled } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import { openPage, openRecord } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { type Say, counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import { type JiraFacts, type Organization, sizeOf } from './jira-view';
import { healthChip, needsToken, placeOf, reasonOf } from '../integrations/health-words';
import type { jiraProjectsTexts } from '../../strings/generated/jira-projects';

export interface OrganizationsProps {
  readonly jira: JiraFacts;
  readonly facts: PageFacts;
  readonly say: Say<typeof jiraProjectsTexts>;
  readonly now: string;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  /** organizations that something is asked about */
  readonly busy: ReadonlySet<string>;
  readonly onTest: (organization: Organization) => void;
}

/** Jira sites, how they do, and how often and how much of them is read (R-1701, R-1702). */
export function Organizations(props: OrganizationsProps): React.ReactElement {
  const { jira, facts, say, now, chosen, onChosen } = props;
  const { format } = facts;
  const { organizations } = jira;
  const { projects, issues } = sizeOf(jira);
  const active = organizations.filter(({ isActive }) => isActive);
  const down = active.filter(({ health }) => health === Health.Down).length;
  const attention = active.filter(({ health }) => health === Health.Degraded).length;
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('organizations')}</h2>
        <p className="crmjira-sub page-spread">
          {[
            counted(say, 'organizationsN', organizations.length, format),
            counted(say, 'projectsN', projects, format),
            counted(say, 'issuesN', issues, format),
          ].join(', ')}
        </p>
        {down > 0 && <Chip tone="over" icon="ErrorBadge" text={say('downN', { n: format.number(down) })} />}
        {attention > 0 && <Chip tone="warn" icon="Warning" text={say('attentionN', { n: format.number(attention) })} />}
      </div>
      {organizations.length === 0 ? (
        <div className="page-empty">
          <p className="crmjira-sub">{say('noOrganization')}</p>
          <PageButton text={say('addOrganization')} icon="Add" onClick={() => openPage('connection-guide')} />
        </div>
      ) : (
        <ScrollTable name={say('organizations')}>
          <thead>
            <tr>
              <th scope="col" className="page-checkcell">
                <CheckAll
                  name={say('selectAllOrganizations')}
                  ids={organizations.map(({ id }) => id)}
                  chosen={chosen}
                  onChange={onChosen}
                />
              </th>
              <th scope="col">{say('organization')}</th>
              <th scope="col">{say('health')}</th>
              <th scope="col">{say('lastTest')}</th>
              <th scope="col">{say('lastSync')}</th>
              <th scope="col" className="page-number">
                {say('projects')}
              </th>
              <th scope="col" className="page-number">
                {say('issues')}
              </th>
              <th scope="col" className="page-number">
                {say('interval')}
              </th>
              <th scope="col" className="page-number">
                {say('limit')}
              </th>
              <th scope="col">
                <span className="crmjira-hidden">{say('actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {organizations.map((organization) => (
              <Row key={organization.id} {...props} organization={organization} now={now} />
            ))}
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}

function Row(props: OrganizationsProps & { readonly organization: Organization }): React.ReactElement {
  const { organization, jira, facts, say, now, chosen, onChosen, busy, onTest } = props;
  const { format, language } = facts;
  const { id, name, testedOn, testOk, syncedOn, intervalMinutes, issueLimit } = organization;
  const { projects, issues } = sizeOf(jira, id);
  const reason = reasonOf(organization, say, { format, language, now });
  const time = (instant: string | null): string => (instant === null ? say('never') : format.time(instant, now));
  return (
    <tr className={chosen.has(id) ? 'page-chosen' : undefined}>
      <td className="page-checkcell">
        <CheckOne
          name={say('selectOne', { name })}
          checked={chosen.has(id)}
          onChange={() => onChosen(toggled(chosen, id))}
        />
      </td>
      <th scope="row">
        <LinkButton text={name} strong onClick={() => openRecord('crmjira_integration', id)} />
        <small>{placeOf(organization, language)}</small>
      </th>
      <td>
        <Chip {...healthChip(organization, say)} />
        {reason && <small>{reason}</small>}
      </td>
      <td className="page-nowrap">
        {testedOn === null ? say('never') : say(testOk ? 'passed' : 'failedTest', { t: time(testedOn) })}
      </td>
      <td className="page-nowrap">{time(syncedOn)}</td>
      <td className="page-number">{format.number(projects)}</td>
      <td className="page-number">{format.number(issues)}</td>
      <td className="page-number">
        {intervalMinutes === null ? '–' : say('minutes', { n: format.number(intervalMinutes) })}
      </td>
      <td className="page-number">{issueLimit === null ? '–' : format.number(issueLimit)}</td>
      <td className="page-number">
        {needsToken(organization) ? (
          <PageButton
            text={say('replaceToken')}
            label={say('replaceTokenOf', { name })}
            icon="Permissions"
            look="small"
            onClick={() => openPage('connection-guide')}
          />
        ) : (
          <PageButton
            text={say('test')}
            label={say('testOf', { name })}
            icon="TestBeaker"
            look="small"
            disabled={busy.has(id)}
            onClick={() => onTest(organization)}
          />
        )}
      </td>
    </tr>
  );
}
