import type { OwnConnection, WebApi } from '@crmjira/form-data';
import * as React from 'react';
import { FEW, type Found, type Wanted, askJira, copiesOf, recentIssues, searchCopies } from './found';

export interface Reading {
  readonly webApi: WebApi;
  readonly isOffline: boolean;
  /** null: none; undefined: not read yet */
  readonly connection: OwnConnection | null | undefined;
}

export interface Search {
  readonly typed: string;
  /** null: not read yet */
  readonly copies: readonly Found[] | null;
  /** null: Jira has not answered yet */
  readonly jira: readonly Found[] | null;
  /** Jira did not answer */
  readonly silent: boolean;
}

const NOTHING: Search = { typed: '', copies: null, jira: null, silent: false };

/** Letters from which on is searched. */
const FROM = 2;

/** Milliseconds after the last key before Jira is asked. */
const SETTLED_AFTER = 300;

/** Asks until nobody waits for the answer any more. */
function useJira({ webApi, isOffline, connection }: Reading) {
  return React.useCallback(
    (wanted: Wanted, isWanted: () => boolean): Promise<readonly Found[] | null> =>
      connection && !isOffline ? askJira(webApi, isOffline, connection, wanted, isWanted) : Promise.resolve([]),
    [webApi, isOffline, connection],
  );
}

/** The copy in Dynamics answers at once, Jira when the fingers rest; what comes later never reorders what is shown (R-1805). */
export function useSearch(reading: Reading, text: string): Search {
  const { webApi } = reading;
  const ask = useJira(reading);
  const [search, setSearch] = React.useState(NOTHING);
  const typed = text.trim();
  React.useEffect(() => {
    if (typed.length < FROM) return undefined;
    let current = true;
    const put = (change: Partial<Search>): void => {
      if (current) setSearch((before) => ({ ...(before.typed === typed ? before : NOTHING), typed, ...change }));
    };
    put({});
    searchCopies(webApi, typed).then(
      (copies) => put({ copies }),
      // Jira may still know.
      () => put({ copies: [] }),
    );
    const timer = window.setTimeout(async () => {
      const jira = await ask({ text: typed }, () => current);
      put({ jira: jira ?? [], silent: !jira });
    }, SETTLED_AFTER);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [webApi, ask, typed]);
  return typed.length < FROM ? NOTHING : search;
}

export interface Openers {
  readonly recent: readonly Found[];
  readonly assigned: readonly Found[];
}

/** What Jira says of an issue that has no copy here; without an answer the key alone. */
const lookUp = async (one: Found, ask: ReturnType<typeof useJira>, isWanted: () => boolean): Promise<Found> =>
  one.key === null ? one : ((await ask({ key: one.key }, isWanted))?.[0] ?? one);

/** What is offered before the first letter; read when the list is opened first. */
export function useOpeners(reading: Reading, isOpen: boolean): Openers {
  const { webApi } = reading;
  const ask = useJira(reading);
  const [openers, set] = React.useState<Openers>({ recent: [], assigned: [] });
  const [wasOpen, open] = React.useState(isOpen);
  if (isOpen && !wasOpen) open(true);
  React.useEffect(() => {
    if (!wasOpen) return undefined;
    let current = true;
    const put = (change: Partial<Openers>): void => {
      if (current) set((before) => ({ ...before, ...change }));
    };
    const recent = recentIssues(webApi).catch(() => []);
    void recent.then((found) => put({ recent: found }));
    void ask({ assigned: true }, () => current).then(async (found) => {
      const before = await recent;
      const isCurrent = (): boolean => current;
      // Of an issue without a copy Jira knows the summary: one of the assigned, or else it is asked.
      void Promise.all(
        before.map(async (one) =>
          one.summary ? one : (found?.find(({ key }) => key === one.key) ?? (await lookUp(one, ask, isCurrent))),
        ),
      ).then((named) => put({ recent: named }));
      const others = found?.filter(({ key }) => !before.some((one) => one.key === key)) ?? [];
      put({ assigned: others.slice(0, FEW) });
    });
    return () => {
      current = false;
    };
  }, [webApi, ask, wasOpen]);
  return openers;
}

/** The issue of a key: the copy, else what Jira says. Undefined: not known yet; null: Jira has none, or shows none. */
export function useIssue(reading: Reading, key: string | null, chosen: Found | null): Found | null | undefined {
  const { webApi, connection, isOffline } = reading;
  const ask = useJira(reading);
  const [found, set] = React.useState<{ readonly key: string; readonly issue: Found | null } | null>(null);
  const isChosen = chosen?.key === key && !!chosen.summary;
  React.useEffect(() => {
    if (!key || isChosen || connection === undefined) return undefined;
    let current = true;
    void (async () => {
      const [copy] = await copiesOf(webApi, [key]).catch(() => [{ key }]);
      let issue: Found | null = copy ?? { key };
      if (!issue.summary && connection && !isOffline) {
        const answer = await ask({ key }, () => current);
        // Without an answer nothing is known but the key.
        if (answer) issue = answer[0] ?? null;
      }
      if (current) set({ key, issue });
    })();
    return () => {
      current = false;
    };
  }, [webApi, ask, connection, isOffline, key, isChosen]);
  if (isChosen) return chosen;
  return found && found.key === key ? found.issue : undefined;
}
