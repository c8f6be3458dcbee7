import * as React from 'react';
import type { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { EnterField } from '../integrations/enter-field';
import type { EnterSay } from '../integrations/enter-view';
import type { Entering } from '../integrations/use-entering';
import { LinkButton } from '../platform/link-button';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { type Size, readSize } from './read-detail';
import { KeepButton } from './webhooks-tab';
import { callsToRead, minutesToRead } from '../integrations/first-reading';

const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
/** Minutes between two runs where nobody has chosen otherwise. */
const USUAL_EVERY = 60;

/** When runs begin, how much each reads at once, and runs that somebody asks for (R-1610, R-1611, R-1619). */
export function ScheduleTab(props: {
  readonly entering: Entering;
  readonly syncedOn: string | null;
  readonly isBusy: boolean;
  readonly now: string;
  readonly say: Say<typeof integrationDetailTexts>;
  readonly sayEnter: EnterSay;
  readonly format: PageFormat;
}): React.ReactElement {
  const { entering, syncedOn, isBusy, now, say, sayEnter, format } = props;
  const { form, draft, isActive, id } = entering;
  const { everyMinutes, name, provider } = draft.entered;
  const [size, setSize] = React.useState<Size | null | undefined>(undefined);
  const runs = everyMinutes === null || everyMinutes < 1 ? 0 : Math.floor(DAY_MINUTES / everyMinutes);
  const next =
    everyMinutes === null || syncedOn === null || !isActive
      ? null
      : new Date(Date.parse(syncedOn) + everyMinutes * MINUTE_MS).toISOString();
  const run = (mode: 'changes' | 'everything'): void => void entering.perform('run', { payload: { mode } });
  const ask = (): void => {
    if (provider !== 'jira') return setSize(null);
    readSize(id).then(setSize, (error: unknown) => {
      console.error('What a whole reading costs could not be counted.', error);
      setSize(null);
    });
  };
  return (
    <div className="detail-schedule">
      <div className="enter-fields enter-two">
        <EnterField
          form={form}
          path="everyMinutes"
          kind="number"
          name={say('every')}
          hint={counted(say, 'everyHint', runs, format)}
        />
        <EnterField form={form} path="batchSize" kind="number" name={sayEnter('batch')} hint={sayEnter('batchHint')} />
        {provider === 'jira' && (
          <EnterField
            form={form}
            path="settings.issueLimit"
            kind="number"
            name={sayEnter('issueLimit')}
            hint={sayEnter('newestFirst')}
          />
        )}
      </div>
      <p>{say('reads')}</p>
      <label className="detail-switch">
        <input
          type="checkbox"
          role="switch"
          className="page-switch"
          checked={everyMinutes !== null}
          onChange={(event) => form.setAt('everyMinutes', event.currentTarget.checked ? USUAL_EVERY : null)}
        />
        {say('onSchedule')}
      </label>
      <p className="crmjira-sub">
        {[
          next === null ? '' : say('nextRun', { t: format.time(next, now) }),
          syncedOn === null ? say('neverRun') : say('lastRun', { t: format.time(syncedOn, now) }),
          say('repeats'),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      <div className="page-filters">
        <PageButton
          text={sayEnter('syncNow')}
          icon="Sync"
          disabled={isBusy || !isActive}
          onClick={() => run('changes')}
        />
        {isActive && !isBusy && <LinkButton text={say('everything')} onClick={ask} />}
      </div>
      {size !== undefined && (
        <PageDialog title={say('everythingTitle', { name })} close={say('cancel')} onClose={() => setSize(undefined)}>
          <div className="page-dialogbody">
            <p>
              {size === null
                ? say('everythingOther')
                : say('everythingText', {
                    n: format.number(size.projects),
                    m: format.number(size.issues),
                    t: format.number(minutesToRead(size)),
                    c: format.number(callsToRead(size)),
                  })}
            </p>
          </div>
          <div className="page-dialogfoot">
            <PageButton
              text={say('everythingYes')}
              icon="Sync"
              onClick={() => {
                setSize(undefined);
                run('everything');
              }}
            />
            <KeepButton text={say('cancel')} onClick={() => setSize(undefined)} />
          </div>
        </PageDialog>
      )}
    </div>
  );
}
