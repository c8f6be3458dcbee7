import type { DatePattern, WebApi } from '@crmjira/form-data';
import * as React from 'react';
import { type Week, type WeekRecord, readRecords, readWeek } from './read-week';

interface Read {
  readonly monday: string;
  /** null: it could not be read */
  readonly week: Week | null;
}

/**
 * A week, read anew with every change of it and of what the view shows.
 * @param version changes when the platform has read its own rows again
 * @returns the week, undefined while it is read; a way to read its records again
 */
export function useWeek(
  webApi: WebApi,
  monday: string,
  dates: DatePattern,
  version: string,
): readonly [Week | null | undefined, () => Promise<readonly WeekRecord[]>, () => void] {
  const [read, set] = React.useState<Read | null>(null);
  const [round, again] = React.useReducer((count: number) => count + 1, 0);
  const latest = React.useRef(dates);
  React.useLayoutEffect(() => {
    latest.current = dates;
  });
  React.useEffect(() => {
    let current = true;
    readWeek(webApi, monday, latest.current).then(
      (week) => current && set({ monday, week }),
      () => current && set({ monday, week: null }),
    );
    return () => {
      current = false;
    };
  }, [webApi, monday, version, round]);
  const refresh = React.useCallback(async () => {
    const records = await readRecords(webApi, monday, latest.current);
    set((before) =>
      before?.week && before.monday === monday ? { monday, week: { ...before.week, records } } : before,
    );
    return records;
  }, [webApi, monday]);
  return [read?.monday === monday ? read.week : undefined, refresh, again];
}
