import * as React from 'react';
import { isAnswered } from '../../commands/ask-about';
import { Notice, type NoticeView } from '../platform/notice';
import { openPage } from '../platform/open-page';
import { PageButton, type PageButtonProps } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import type { PageFacts } from '../platform/start-page';
import { StepList } from '../platform/step-list';
import { noticeOf } from './enter-notice';
import type { EnterSay } from './enter-view';
import type { Entering } from './use-entering';

export interface WizardStep {
  readonly name: string;
  readonly lead?: string;
  /** beside the name of the step */
  readonly chip?: React.ReactNode;
  readonly body: React.ReactNode;
  /** Goes on where it may. @returns whether it does */
  readonly onNext: () => Promise<boolean>;
  /** instead of *Next* */
  readonly last?: { readonly text: string; readonly disabled: boolean };
  /** between *Back* and *Next* */
  readonly more?: readonly PageButtonProps[];
  readonly isWide?: boolean;
  /** below the card */
  readonly below?: React.ReactNode;
}

/** What a wizard keeps between its steps. */
export interface Wizard {
  readonly step: number;
  readonly goTo: (step: number) => void;
  /** told on the next step of what the one before has found */
  readonly found: NoticeView | null;
  readonly tell: (found: NoticeView | null) => void;
}

export function useWizard(forget: () => void): Wizard {
  const [step, setStep] = React.useState(0);
  const [found, tell] = React.useState<NoticeView | null>(null);
  return {
    ...{ step, found, tell },
    goTo: (next) => {
      forget();
      setStep(next);
    },
  };
}

/** Steps of entering an integration: leaving them keeps a draft, which is inactive until the last one (R-1602, R-1621). */
export function EnterWizard(props: {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  readonly wizard: Wizard;
  readonly entering: Entering;
  readonly facts: PageFacts;
  readonly say: EnterSay;
}): React.ReactElement {
  const { title, steps, wizard, entering, facts, say } = props;
  const { step, goTo, found, tell } = wizard;
  const { work, savedOn, isActive } = entering;
  const { format } = facts;
  const shown = steps[step];
  const isBusy = work !== null && work.notSealed === null && !isAnswered(work.asked);
  const notice = work === null ? found : (noticeOf(work, say) ?? found);
  const box = React.useRef<HTMLFormElement>(null);
  // The button that was pressed is gone with its step.
  React.useEffect(() => {
    const fields = [...(box.current?.querySelectorAll<HTMLInputElement>('input, select') ?? [])];
    (fields.find(({ value, type }) => value === '' && type !== 'checkbox') ?? fields[0] ?? box.current)?.focus();
  }, [step]);
  if (shown === undefined) throw new RangeError(`The wizard has no step ${step}.`);
  const following = steps[step + 1];
  const place = say('stepOf', { i: format.number(step + 1), n: format.number(steps.length) });
  const next = async (): Promise<void> => {
    tell(null);
    if (await shown.onNext()) {
      if (following !== undefined) goTo(step + 1);
    }
  };
  const saveAndClose = async (): Promise<void> => {
    const saved = await entering.save();
    if (saved?.isSaved === true) openPage('integrations-list');
  };
  const nextText = shown.last?.text ?? (following === undefined ? '' : say('next', { step: following.name }));
  const isHeld = isBusy || shown.last?.disabled === true;
  return (
    <PageFrame
      dark={facts.dark}
      title={title}
      note={
        savedOn === null || isActive ? '' : say('savedDraft', { t: format.time(savedOn, new Date().toISOString()) })
      }
      messages={[]}
      told=""
      busy={false}
      commandsName={say('commands')}
      commands={
        <PageButton text={say('toList')} icon="Back" look="command" onClick={() => openPage('integrations-list')} />
      }
    >
      <section className="page-card enter-stepcard">
        <StepList name={say('steps')} steps={steps.map(({ name }) => name)} step={step} format={format} />
      </section>
      <form
        ref={box}
        tabIndex={-1}
        className={`page-card enter-card${shown.isWide ? ' enter-wide' : ''}`}
        aria-label={`${place} · ${shown.name}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isHeld) void next();
        }}
      >
        <p className="crmjira-sub">{place}</p>
        <div className="enter-head">
          <h2>{shown.name}</h2>
          {shown.chip}
        </div>
        {shown.lead && <p className="crmjira-sub enter-lead">{shown.lead}</p>}
        {shown.body}
        <div role="status" className="page-messages">
          {notice && <Notice {...notice} />}
        </div>
        <div className="enter-foot">
          {step > 0 && <PageButton text={say('back')} disabled={isBusy} onClick={() => goTo(step - 1)} />}
          {shown.more?.map((one) => (
            <PageButton key={one.text} {...one} disabled={isBusy || one.disabled === true} />
          ))}
          <span className="enter-gap" />
          <PageButton
            text={say(following === undefined ? 'saveInactive' : 'saveAndClose')}
            disabled={isBusy}
            onClick={() => void saveAndClose()}
          />
          <button
            type="submit"
            className={`ms-Button ms-Button--primary${isHeld ? ' is-disabled' : ''}`}
            aria-disabled={isHeld}
          >
            {nextText}
          </button>
        </div>
      </form>
      {shown.below}
    </PageFrame>
  );
}
