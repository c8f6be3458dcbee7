/** @jsx h */
import { addDays, dayOf, mondayOf } from '@crmjira/domain';
import {
  ActionButtons,
  Chip,
  type HostFacts,
  Icon,
  Message,
  Skeleton,
  type WebApi,
  type Words,
  action,
  h,
  message,
  userDay,
} from '@crmjira/form-data';
import { getId } from '@fluentui/react';
import * as React from 'react';
import type { StringKey } from './generated/string-keys';
import { startOf } from './read-week';
import { RecordTable } from './record-table';
import { ResultBox } from './result-box';
import { useSync } from './use-sync';
import { useWeek } from './use-week';
import { monthRange, weekView } from './view-of-week';
import { WeekStrip } from './week-strip';

export interface LiveWeekProps {
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly webApi: WebApi & Pick<ComponentFramework.WebApi, 'updateRecord'>;
  readonly host: HostFacts;
  readonly mayCommand: boolean;
  readonly say: Words<StringKey>;
  readonly onSetUp: () => void;
  /** @param id null: a new one */
  readonly onOpen: (id: string | null, timeIn?: string) => void;
}

/** Time of day at which the first record of a day is proposed to begin. */
const MORNING = 9 * 3_600_000;

export function LiveWeek(props: LiveWeekProps): React.ReactElement {
  const { dataset, webApi, host, say, onOpen } = props;
  const [id] = React.useState(() => getId('crmjira'));
  const { dates } = host.format;
  const now = new Date().toISOString();
  const [monday, setMonday] = React.useState(() => mondayOf(userDay(now, dates)));
  const [selected, select] = React.useState<ReadonlySet<string>>(new Set());
  const [onlyFailed, showFailed] = React.useState(false);
  const version = `${dataset.loading}${dataset.sortedRecordIds.join()}`;
  const [week, refresh, again] = useWeek(webApi, monday, dates, version);
  /** The command bar acts on what is selected here. */
  const choose = (ids: ReadonlySet<string>): void => {
    select(ids);
    dataset.setSelectedRecordIds([...ids]);
  };
  const { run, sync, stop, dismiss } = useSync(webApi, say('t.week'), refresh, ({ ids }, records) => {
    const failed = records.filter((record) => ids.includes(record.id) && record.error);
    // What failed is selected again.
    choose(new Set([...selected, ...failed.map((record) => record.id)]));
    dataset.refresh();
  });
  const view =
    week && weekView({ ...{ host, say, monday, now, week, run, selected, onlyFailed }, mayCommand: props.mayCommand });
  const go = (weeks: number): void => {
    setMonday(dayOf(addDays(monday, weeks * 7)));
    choose(new Set());
  };
  const log = (day: string): void => {
    const ends = week?.records.filter(({ timeIn }) => timeIn && userDay(timeIn, dates) === day) ?? [];
    const last = ends
      .flatMap(({ timeOut }) => timeOut ?? [])
      .sort()
      .at(-1);
    onOpen(null, last ?? new Date(Date.parse(startOf(day, dates)) + MORNING).toISOString());
  };
  const start = (ids: readonly string[], isQuick: boolean): void => {
    showFailed(false);
    choose(new Set([...selected].filter((one) => !ids.includes(one))));
    sync(ids, isQuick);
  };
  const onResult = (name: string): void => {
    if (name === 'stop') stop();
    else if (name === 'retry') start([...selected], false);
    else if (name === 'only') showFailed(!onlyFailed);
    else {
      showFailed(false);
      dismiss();
    }
  };
  const step = (weeks: number, label: StringKey): React.ReactElement => (
    <button type="button" className="crmjira-step" aria-label={say(label)} title={say(label)} onClick={() => go(weeks)}>
      <Icon name={weeks < 0 ? 'ChevronLeft' : 'ChevronRight'} />
    </button>
  );
  const isEmpty = week?.records.length === 0;
  const result = view?.result && !(run?.isQuick && view.result.kind === 'running') ? view.result : null;
  const isShown = result && !(run?.isQuick && result.kind === 'ok');
  const today = userDay(now, dates);
  return (
    <section
      className={host.look.dark ? 'crmjira crmjira-dark' : 'crmjira'}
      style={host.look.colours}
      aria-labelledby={id}
      aria-busy={week === undefined}
    >
      <div className="crmjira-my-week">
        <div className="crmjira-heading">
          <h2 id={id}>{say('t.week')}</h2>
          {step(-1, 'previous')}
          <span>{monthRange(monday, host)}</span>
          {step(1, 'next')}
          <span className="crmjira-spring" />
          {view?.connection && <Chip {...view.connection} />}
        </div>
        {week === undefined && <Skeleton label={say('loading')} />}
        {week === null && (
          <div className="crmjira-offer">
            <Message {...message('over', 'ErrorBadge', say('t.readerr'), say('t.readerr.2'))} />
            <ActionButtons actions={[action('again', 'Sync', say('try'))]} onAction={again} />
          </div>
        )}
        {view && !view.isConnected && (
          <div className="crmjira-offer">
            <Message {...message('neutral', 'RemoveLinkX', say('p.noconn'), say('t.nocon'))} />
            <ActionButtons actions={[action('setUp', 'Link', say('p.noconn.3'))]} onAction={props.onSetUp} />
          </div>
        )}
        {view && isEmpty && (
          <div>
            <p className="crmjira-strong">{say('t.empty')}</p>
            <p className="crmjira-sub">{say('t.empty.2')}</p>
            <ActionButtons
              actions={[action('log', 'Add', say('t.logt'), true), action('clock', 'Timer', say('t.empty.3'))]}
              onAction={({ name }) => (name === 'log' ? log(today) : onOpen(null, now))}
            />
          </div>
        )}
        {view && !isEmpty && (
          <React.Fragment>
            <p className="crmjira-total">
              <b>{view.total}</b> <span className="crmjira-sub">{view.of}</span>
              <span className="crmjira-spring" />
              <span className="crmjira-sub">{view.left}</span>
            </p>
            <WeekStrip days={view.days} say={say} onLog={log} />
            <p className="crmjira-sub crmjira-small">{say('t.leg')}</p>
            {isShown && <ResultBox result={result} say={say} onAction={onResult} />}
            {selected.size > 0 && !isShown && (
              <div className="crmjira-selected">
                <b>{say('t.sel', { n: String(selected.size) })}</b>
                <span className="crmjira-spring" />
                <ActionButtons
                  actions={[action('sync', 'CloudUpload', say('t.sync'), true)]}
                  onAction={() => start([...selected], false)}
                />
                <button type="button" className="crmjira-linkbutton" onClick={() => choose(new Set())}>
                  {say('t.clear')}
                </button>
              </div>
            )}
            <RecordTable
              groups={view.groups}
              say={say}
              onSelect={(ids, isSelected) =>
                choose(new Set([...[...selected].filter((one) => !ids.includes(one)), ...(isSelected ? ids : [])]))
              }
              onSync={(one) => start([one], true)}
              onOpen={onOpen}
            />
            <p className="crmjira-foot crmjira-sub crmjira-small">
              {view.foot.map((part) => (
                <span key={part}>{part}</span>
              ))}
            </p>
          </React.Fragment>
        )}
        <div className="crmjira-hidden" role="status" aria-live="polite">
          {view?.result?.news}
        </div>
      </div>
    </section>
  );
}
