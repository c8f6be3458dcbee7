import * as React from 'react';
import { addDays, mondayOf } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import { backfillPageTexts } from '../../strings/generated/backfill-page';
import { timeSyncTexts } from '../../strings/generated/time-sync';
import { Notice, type NoticeView } from '../platform/notice';
import { openList, openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import type { PageFormat } from '../platform/page-format';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { StepList } from '../platform/step-list';
import { useReading } from '../platform/use-reading';
import type { PeriodView } from '../time-sync/period';
import { failedOf, notSentNotice, runNotice } from '../time-sync/run-notice';
import type { Looks } from './backfill-view';
import { CandidatesStep } from './candidates-step';
import { LinkedStep } from './linked-step';
import { PeriodStep } from './period-step';
import { readCount } from './read-unlinked';
import { type Found, useBackfill } from './use-backfill';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

/** Earlier time: of eighteen weeks, to the Sunday before this week. */
function firstPeriod({ dayOf }: PageFormat): PeriodView {
  const monday = mondayOf(dayOf(new Date().toISOString()));
  return { from: addDays(monday, -18 * 7).slice(0, 10), to: addDays(monday, -1).slice(0, 10) };
}

/** From when to when; where a bound is missing, that of the records. */
function periodText({ period: { from, to }, records }: Found, format: PageFormat): string {
  const days = records.map(({ timeIn }) => format.dayOf(timeIn));
  const [newest = to, oldest = from] = [days[0], days.at(-1)];
  return format.period(from || oldest, to || newest);
}

/** Links earlier time records to the issues that their links and notes name, and syncs them (R-1814). */
export function BackfillPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(backfillPageTexts, language);
  const sayTime = sayIn(timeSyncTexts, language);
  const speaking = { say: sayTime, format };
  const [period, setPeriod] = React.useState(() => firstPeriod(format));
  const [looks, setLooks] = React.useState<Looks>({ links: true, notes: true });
  const read = React.useCallback(() => readCount(period, format), [period, format]);
  const [reading, again] = useReading(read, READ_EVERY);
  const wizard = useBackfill(facts, again);
  const { step, found, linked, work, trouble, run } = wizard;
  const now = new Date().toISOString();
  const { value: unread, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);
  const content = React.useRef<HTMLDivElement>(null);
  const seen = React.useRef(step);
  // The button that was pressed is gone with its step.
  React.useEffect(() => {
    if (seen.current !== step) content.current?.focus();
    seen.current = step;
  }, [step]);

  const notices: NoticeView[] = [];
  if (unread !== null && unread.connection === null)
    notices.push({
      ...{ tone: 'warn', icon: 'PlugDisconnected', strong: say('noConnection'), text: say('noConnectionNext') },
      actions: [{ text: say('setUp'), onClick: () => openPage('my-connection') }],
    });
  if (work !== null)
    notices.push({
      ...{ tone: 'brand', icon: 'ProgressRingDots', text: '' },
      strong:
        work.of === 0 ? sayTime('loading') : say(work.what, { n: format.number(work.done), m: format.number(work.of) }),
      ...(work.of === 0 ? {} : { progress: { done: work.done, of: work.of } }),
    });
  if (trouble === 'unread')
    notices.push({ tone: 'over', icon: 'PlugDisconnected', strong: sayTime('notSent'), text: sayTime('notSentNext') });
  else if (trouble !== null)
    notices.push(
      notSentNotice(trouble, speaking) ?? {
        ...{ tone: 'over', icon: 'ErrorBadge', text: '' },
        strong: trouble.result || sayTime('noAnswer'),
      },
    );
  const begun = run?.asked ?? null;
  const failed = begun === null ? [] : failedOf(begun);
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={readAt === null && failure === null ? sayTime('loading') : ''}
      messages={failure === null ? [] : [failure]}
      notices={notices}
      told=""
      busy={unread === null && failure === null}
      commandsName={sayTime('commands')}
      commands={
        <>
          <PageButton text={say('week')} icon="Back" look="command" onClick={() => openList('crmjira_time_record')} />
          <PageButton
            text={say('startOver')}
            icon="Undo"
            look="command"
            disabled={step === 0 || work !== null}
            onClick={wizard.startOver}
          />
          <PageButton text={say('history')} icon="Clock" look="command" onClick={() => openPage('sync-history')} />
        </>
      }
    >
      <section className="page-card">
        <StepList name={say('steps')} steps={STEP_NAMES.map((name) => say(name))} {...{ step, format }} />
        <div
          className="backfill-step"
          ref={content}
          tabIndex={-1}
          role="group"
          aria-label={say(STEP_NAMES[step] ?? 'step1')}
        >
          {step === 0 && (
            <PeriodStep
              {...{ period, looks, unread, say, sayTime, format }}
              isBusy={work !== null}
              onPeriod={setPeriod}
              onLooks={setLooks}
              onFind={() => wizard.find(period, looks, [unread?.connection?.url ?? ''])}
            />
          )}
          {step === 1 && found !== null && (
            <CandidatesStep
              {...{ say, sayTime, format, language, now }}
              candidates={found.candidates}
              looked={found.records.length}
              period={periodText(found, format)}
              issues={found.issues}
              choices={wizard.choices}
              chosen={wizard.chosen}
              isBusy={work !== null}
              onChosen={wizard.choose}
              onIssue={wizard.setIssue}
              onBack={wizard.back}
              onLink={wizard.link}
            />
          )}
          {step === 2 && found !== null && (
            <LinkedStep
              {...{ say, format }}
              candidates={found.candidates}
              linked={new Set(linked.keys())}
              kept={wizard.kept}
              looked={found.records.length}
              isBusy={work !== null}
              onSync={() => wizard.sync([...linked.keys()])}
              onUndo={wizard.undo}
            />
          )}
          {step === 3 && begun !== null && (
            <div role="status">
              <Notice
                {...runNotice(begun, run?.records.length ?? 0, speaking)}
                actions={
                  isAnswered(begun)
                    ? [
                        ...(failed.length > 0
                          ? [
                              {
                                text: sayTime('retryFailed'),
                                icon: 'Sync' as const,
                                onClick: () => wizard.sync(failed),
                              },
                            ]
                          : []),
                        { text: say('showHistory'), onClick: () => openPage('sync-history') },
                      ]
                    : []
                }
              />
            </div>
          )}
        </div>
      </section>
    </PageFrame>
  );
}

const STEP_NAMES = ['step1', 'step2', 'step3', 'step4'] as const;
