import * as React from 'react';
import type { TestAnswer } from '@crmjira/domain';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { jiraFound, reachedIn } from './jira-found';

/** Keys that one line names. */
const MOST_KEYS = 8;

/** What the account can do, line by line (R-1606). */
export function JiraChecks(props: {
  readonly test: TestAnswer | null;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
}): React.ReactElement | null {
  const { test, say, format } = props;
  const found = jiraFound(test);
  if (test === null || found === null || !test.ok) return null;
  const keysOf = (mayCreate: boolean): string =>
    found.projects
      .filter((project) => project.mayCreate === mayCreate)
      .map(({ key }) => key)
      .join(', ');
  const [may, mayNot] = [keysOf(true), keysOf(false)];
  const { projects, projectCount } = found;
  const shown = projects.slice(0, MOST_KEYS).map(({ key }) => key);
  const keys = `${shown.join(', ')}${shown.length < projectCount ? '…' : ''}`;
  const line = (icon: PageIconName, text: string, more?: string): React.ReactElement => (
    <li key={text} className={icon === 'Warning' ? 'enter-warns' : 'enter-passes'}>
      <PageIcon name={icon} />
      <span>
        {text}
        {more && <span className="crmjira-sub">{more}</span>}
      </span>
    </li>
  );
  return (
    <ul className="enter-checks">
      {line('Completed', say('reached', { s: format.number(Math.max(0.01, reachedIn(test) / 1_000), 2) }))}
      {found.displayName !== '' && line('Completed', say('signedInAs', { who: found.displayName }))}
      {line(
        projectCount > 0 ? 'Completed' : 'Warning',
        projectCount > 0
          ? say('ofKeys', { what: counted(say, 'sees', projectCount, format), keys })
          : counted(say, 'sees', projectCount, format),
      )}
      {may !== '' && line('Completed', say('mayCreate', { keys: may }))}
      {mayNot !== '' && line('Warning', say('mayNotCreate', { key: mayNot }), say('mayNotNext', { key: mayNot }))}
    </ul>
  );
}
