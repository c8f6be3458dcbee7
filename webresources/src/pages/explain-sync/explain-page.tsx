import * as React from 'react';
import { CommandType, commandTypeLabels, type ExplainAnswer, explainedTables, stepText } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import { explainSyncTexts } from '../../strings/generated/explain-sync';
import { useClose } from '../link-project/use-close';
import { useEscape } from '../link-project/use-escape';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useAsked } from '../platform/use-asked';
import { answerOf, noticesOf, runText, type Speaking } from './explain-view';
import { SidesCard } from './sides-card';

/** Table of the record that the page was opened from; null: none that is kept in agreement. @param search query of the address */
export function tableOf(search: string): string | null {
  const table = new URLSearchParams(new URLSearchParams(search).get('data') ?? '').get('table');
  return explainedTables.find((one) => one === table) ?? null;
}

/** Whole seconds since it began to count, as long as somebody waits. */
function useSeconds(counts: boolean): number {
  const [seconds, set] = React.useState(0);
  React.useEffect(() => {
    if (!counts) return undefined;
    set(0);
    const timer = setInterval(() => set((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [counts]);
  return seconds;
}

const ignore = (): void => undefined;

/** Says why a record is not in sync: how it stands, both sides, what happens next, what failed last. The dialog behind the command. */
export function ExplainPage(props: { readonly facts: PageFacts; readonly table: string | null }): React.ReactElement {
  const { facts, table } = props;
  const { language, format, settings } = facts;
  const say = sayIn(explainSyncTexts, language);
  const speaking: Speaking = { say, language, format };
  const { all, ask } = useAsked<null>(ignore);
  const id = settings.recordId;
  const question = (): void => {
    const type = CommandType.Explain;
    if (table !== null && id !== null)
      ask(null, { regarding: { table, id }, type, name: commandTypeLabels[type][language] });
  };
  // Once, as the page opens.
  React.useEffect(question, []);
  const [, close] = useClose();
  useEscape(close);
  const asked = all.at(-1)?.asked ?? null;
  const waits = asked !== null && !isAnswered(asked);
  const waited = useSeconds(waits);
  // The time of what is shown, not of the last drawing.
  const now = React.useMemo(() => new Date().toISOString(), [asked]);
  const answer = asked === null || waits ? null : answerOf(asked);
  const hasRecord = table !== null && id !== null;
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={answer === null ? '' : say('asOf', { t: format.time(now, now) })}
      messages={hasRecord ? [] : [{ tone: 'neutral', icon: 'Info', strong: say('noRecord'), text: '' }]}
      notices={asked === null ? [] : noticesOf(asked, waited, speaking)}
      told=""
      busy={waits && waited === 0}
      actions={hasRecord && <PageButton text={say('again')} icon="Sync" disabled={waits} onClick={question} />}
    >
      {answer !== null && answer.standing !== 'unknown' && (
        <>
          {answer.lastFailure !== null && <FailureCard {...speaking} failure={answer.lastFailure} now={now} />}
          <SidesCard {...speaking} answer={answer} />
          <NextCard {...speaking} answer={answer} now={now} />
        </>
      )}
    </PageFrame>
  );
}

function FailureCard(
  props: Speaking & { readonly failure: NonNullable<ExplainAnswer['lastFailure']>; readonly now: string },
): React.ReactElement {
  const { say, format, failure, now } = props;
  const { says, remedy, since, nextRetryOn } = failure;
  return (
    <section className="page-card">
      <h2>{say('failure')}</h2>
      {says.split('\n').map((line) => (
        <p key={line} className="explain-text">
          {line}
        </p>
      ))}
      {remedy !== null && (
        <p className="explain-text">
          <b className="crmjira-strong">{say('remedy')}</b>
          <br />
          {remedy}
        </p>
      )}
      <p className="crmjira-sub explain-text">
        {since !== null && `${say('since', { t: format.time(since, now) })} · `}
        {nextRetryOn === null ? say('noTry') : say('nextTry', { t: format.time(nextRetryOn, now) })}
      </p>
    </section>
  );
}

function NextCard(props: Speaking & { readonly answer: ExplainAnswer; readonly now: string }): React.ReactElement {
  const { answer, now, ...speaking } = props;
  const { say, language } = speaking;
  const { kind, steps } = answer;
  const run = runText(answer, speaking, now);
  const texts = [...new Set((steps ?? []).map((step) => stepText(kind, step, language)))];
  return (
    <section className="page-card">
      <h2>{say('next')}</h2>
      {texts.length === 0 ? (
        <p className="explain-text">{say(steps === null ? 'stepsUnknown' : 'noSteps')}</p>
      ) : (
        <ol className="explain-steps">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      )}
      {run !== null && <p className="crmjira-sub explain-text">{run}</p>}
    </section>
  );
}
