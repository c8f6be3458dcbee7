import * as React from 'react';
import { RowState, mondayOf } from '@crmjira/domain';
import { TIME_COLUMNS, TIME_SELECT, formatHours, readColumns, secondsOf } from '@crmjira/form-data';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import type { PageFormat } from '../platform/page-format';
import { readRows } from '../platform/read-rows';
import type { ConnectionSay } from './connection-view';

/** Time of a week, in seconds. */
export interface WeekOfTime {
  readonly inJira: number;
  readonly notYet: number;
}

/** The person's own time since Monday, and how much of it Jira has. A running record is not counted: nobody knows its end. */
export async function readWeek({ dayOf, startOf }: PageFormat): Promise<WeekOfTime> {
  const monday = mondayOf(dayOf(new Date().toISOString()));
  const rows = await readRows(
    'crmjira_time_record',
    `${TIME_SELECT}&$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')` +
      ` and crmjira_time_in ge ${startOf(monday)} and crmjira_time_in lt ${startOf(monday, 7)}` +
      ` and statecode eq ${RowState.Active}`,
  );
  const times = rows.map((row) => readColumns(row, TIME_COLUMNS));
  const sum = (of: (time: (typeof times)[number], seconds: number) => number): number =>
    times.reduce((all, time) => all + of(time, secondsOf(time) ?? 0), 0);
  const inJira = sum((time, seconds) => Math.min(time.worklogId ? (time.jiraSeconds ?? 0) : 0, seconds));
  return { inJira, notYet: sum((_time, seconds) => seconds) - inJira };
}

const openTimeRecords = (): void =>
  void Xrm.Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_time_record' }).then(
    undefined,
    console.error,
  );

/** How much of this week's time is in Jira, and the ways to it. */
export function WeekCard({
  week,
  say,
}: {
  readonly week: WeekOfTime;
  readonly say: ConnectionSay;
}): React.ReactElement {
  return (
    <section className="page-card">
      <h2>{say('week')}</h2>
      <dl className="pairs">
        {(['inJira', 'notYet'] as const).map((part) => (
          <div key={part}>
            <dt className="crmjira-sub">{say(part)}</dt>
            <dd className="crmjira-number crmjira-strong">{formatHours(week[part])}</dd>
          </div>
        ))}
      </dl>
      <p className="page-foot page-withlink">
        <LinkButton text={say('openWeek')} onClick={openTimeRecords} />
        <LinkButton text={say('history')} onClick={() => openPage('sync-history')} />
      </p>
    </section>
  );
}
