import * as React from 'react';
import type { syncHistoryTexts } from '../../strings/generated/sync-history';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { Period } from '../time-sync/period';
import { type Filter, type History, LIMITS } from './history-view';

const STATUSES: readonly Filter['status'][] = ['all', 'success', 'failed'];

/** What is asked for, and how much there is of it (R-1812). */
export function Filters(props: {
  readonly filter: Filter;
  readonly history: History | null;
  readonly say: Say<typeof syncHistoryTexts>;
  readonly sayTime: Say<typeof timeSyncTexts>;
  readonly format: PageFormat;
  readonly onFilter: (filter: Filter) => void;
}): React.ReactElement {
  const { filter, history, say, sayTime, format, onFilter } = props;
  const figures =
    history === null
      ? []
      : ([
          ['attempts', history.successes + history.failures],
          ['successes', history.successes],
          ['failures', history.failures],
        ] as const);
  return (
    <div className="time-period">
      <Period {...filter} say={sayTime} onChange={(period) => onFilter({ ...filter, ...period })} />
      <label className="page-field">
        {say('status')}
        <select
          className="page-input"
          value={filter.status}
          onChange={({ currentTarget }) => {
            const status = STATUSES.find((one) => one === currentTarget.value);
            if (status !== undefined) onFilter({ ...filter, status });
          }}
        >
          {STATUSES.map((one) => (
            <option key={one} value={one}>
              {say(one)}
            </option>
          ))}
        </select>
      </label>
      <label className="page-field">
        {say('most')}
        <select
          className="page-input"
          value={filter.most}
          onChange={({ currentTarget }) => {
            const most = LIMITS.find((one) => String(one) === currentTarget.value);
            if (most !== undefined) onFilter({ ...filter, most });
          }}
        >
          {LIMITS.map((one) => (
            <option key={one} value={one}>
              {format.number(one)}
            </option>
          ))}
        </select>
      </label>
      <dl className="history-figures">
        {figures.map(([name, found]) => (
          <div key={name}>
            <dt>{say(name)}</dt>
            <dd>{format.number(found)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
