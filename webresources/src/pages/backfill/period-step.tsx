import * as React from 'react';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import { PageButton } from '../platform/page-button';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { Period, type PeriodView } from '../time-sync/period';
import type { Looks } from './backfill-view';
import { MOST, type Unread } from './read-unlinked';

/** Of when, and where keys are looked for. */
export function PeriodStep(props: {
  readonly period: PeriodView;
  readonly looks: Looks;
  readonly unread: Unread | null;
  readonly say: Say<typeof backfillPageTexts>;
  readonly sayTime: Say<typeof timeSyncTexts>;
  readonly format: PageFormat;
  readonly isBusy: boolean;
  readonly onPeriod: (period: PeriodView) => void;
  readonly onLooks: (looks: Looks) => void;
  readonly onFind: () => void;
}): React.ReactElement {
  const { period, looks, unread, say, sayTime, format, isBusy, onPeriod, onLooks, onFind } = props;
  const count = unread?.count ?? 0;
  const canFind = count > 0 && unread?.connection != null && (looks.links || looks.notes) && !isBusy;
  const look = (name: keyof Looks, text: string): React.ReactElement => (
    <label className="page-checklabel">
      <input
        type="checkbox"
        className="page-check"
        checked={looks[name]}
        onChange={() => onLooks({ ...looks, [name]: !looks[name] })}
      />
      {text}
    </label>
  );
  return (
    <div className="backfill-period">
      <h2>{say('which')}</h2>
      <div className="time-period">
        <Period {...period} say={sayTime} onChange={onPeriod} />
      </div>
      <p className="crmjira-sub" role="status">
        {unread === null ? sayTime('loading') : count === 0 ? say('nothing') : counted(say, 'without', count, format)}
      </p>
      <div className="backfill-looks">
        {look('links', say('link'))}
        {look('notes', say('notes'))}
      </div>
      {count > MOST && <p className="crmjira-sub">{say('atMost', { n: format.number(MOST) })}</p>}
      <PageButton text={say('find')} icon="Search" look="primary" disabled={!canFind} onClick={onFind} />
    </div>
  );
}
