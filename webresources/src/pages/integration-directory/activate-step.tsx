import * as React from 'react';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { Notice } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import type { EnterSay } from '../integrations/enter-view';
import type { Preview } from './directory-found';

/** Says what the first run does, and what it takes away, before it is allowed to (R-1605, R-1621). */
export function ActivateStep(props: {
  readonly preview: Preview;
  /** when the dry run was made */
  readonly on: string;
  readonly everyMinutes: number | null;
  readonly isRead: boolean;
  readonly setRead: (isRead: boolean) => void;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
}): React.ReactElement {
  const { preview, on, everyMinutes, isRead, setRead, say, format } = props;
  const { added, removed, flagged, losing } = preview.counts;
  const losers = preview.teams.filter((team) => team.removed > 0);
  return (
    <>
      <p>
        {say('adActivateText', {
          every: everyText(everyMinutes, say, format),
          t: format.time(on, new Date().toISOString()),
          a: counted(say, 'adAdd', added, format),
          b: counted(say, 'adRemove', removed, format),
          c: counted(say, 'adFlag', flagged, format),
        })}
      </p>
      {removed > 0 && (
        <Notice
          tone="warn"
          icon="Warning"
          strong={say('adTakes')}
          text={say('adTakesText', {
            who: counted(say, 'adLose', losing, format),
            of: counted(say, 'adOfTeams', losers.length, format),
            teams: losers.map(({ name }) => name).join(', '),
          })}
        />
      )}
      <label className="page-checklabel">
        <input
          type="checkbox"
          className="page-check"
          checked={isRead}
          onChange={(event) => setRead(event.currentTarget.checked)}
        />
        {say('adRead')}
      </label>
    </>
  );
}

function everyText(minutes: number | null, say: EnterSay, format: PageFormat): string {
  if (minutes === null) return say('adNoSchedule');
  if (minutes === 60) return say('adEveryHour');
  return minutes % 60 === 0
    ? say('adEveryHours', { h: format.number(minutes / 60) })
    : say('adEveryMinutes', { m: format.number(minutes) });
}
