import { CommandState, CommandType } from '@crmjira/domain';
import { type Desk, ISSUE_SELECT, type Issue, LOOK_FOR, askRecord, parseIssue } from '@crmjira/form-data';
import * as React from 'react';

/** An issue that can be chosen, from the mirror or from Jira. */
export interface Found extends Pick<Issue, 'key' | 'summary' | 'status' | 'category' | 'assignee'> {
  /** row of the mirror; of one that only Jira has, there is none */
  readonly id?: string | null;
  /** connection that found it, as the service names it */
  readonly integration?: string;
}

export interface Search {
  readonly text: string;
  readonly mirror: readonly Found[];
  /** null: Jira has not answered yet */
  readonly jira: readonly Found[] | null;
  /** Jira did not answer */
  readonly silent: boolean;
}

const NOTHING: Search = { text: '', mirror: [], jira: null, silent: false };

/** Letters from which on is searched, and issues of a list. */
const FROM = 2;
const MOST = 10;

/** Milliseconds after the last key before Jira is asked. */
const SETTLED_AFTER = 300;

async function searchMirror({ webApi }: Desk, text: string): Promise<readonly Found[]> {
  const quoted = encodeURIComponent(text.replace(/'/g, "''"));
  const { entities } = await webApi.retrieveMultipleRecords(
    'crmjira_jira_issue',
    `${ISSUE_SELECT}&$filter=(contains(crmjira_summary,'${quoted}') or startswith(crmjira_issue_key,'${quoted}'))` +
      ` and crmjira_is_deleted ne true&$orderby=crmjira_updated desc&$top=${MOST}`,
  );
  return entities.map(parseIssue);
}

/** The mirror answers at once, Jira when the fingers rest (R-1707). @param name of the row that asks, in lists */
export function useSearch(desk: Desk, typed: string, name: string): readonly [Search, () => void] {
  const [search, setSearch] = React.useState(NOTHING);
  const [round, setRound] = React.useState(0);
  const text = typed.trim();
  React.useEffect(() => {
    let current = true;
    const put = (change: Partial<Search>): void => {
      if (current) setSearch((before) => ({ ...(before.text === text ? before : NOTHING), text, ...change }));
    };
    if (text.length < FROM) return undefined;
    put({ jira: null, silent: false });
    searchMirror(desk, text).then(
      (mirror) => put({ mirror }),
      // Neither side is known whole then.
      () => put({ silent: true }),
    );
    const timer = window.setTimeout(async () => {
      const { state, answer } = await askRecord(desk, CommandType.FindIssues, name, { text }, LOOK_FOR, () => current);
      // The service's own document.
      const { issues = [] } = (answer ?? {}) as { readonly issues?: readonly Found[] };
      put({ jira: issues.slice(0, MOST), silent: state !== CommandState.Done });
    }, SETTLED_AFTER);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [desk, text, name, round]);
  return [text.length < FROM ? NOTHING : search, () => setRound((count) => count + 1)];
}
