import * as React from 'react';
import type { ProcessStageMetadata } from '@crmjira/domain';
import { formatAge } from '../format/format-value';
import { labelIn } from '../language';
import { Icon } from '../platform/icons';
import { word } from '../words';
import type { FormSession } from './form-session';
import type { ProcessController } from './process-controller';
import { ProcessFlyout } from './process-flyout';

type Progress = 'done' | 'active' | 'ahead';

function progressOf(stage: ProcessStageMetadata, process: ProcessController): Progress {
  if (stage.id === process.activeStage?.id) return process.instance?.status === 'finished' ? 'done' : 'active';
  return process.activePath.includes(stage) ? 'done' : 'ahead';
}

/** The business process: where the opportunity is; each stage opens its steps. On a phone one button names the active stage. */
export function ProcessBar({
  session,
  process,
  isCollapsed,
}: {
  readonly session: FormSession;
  readonly process: ProcessController;
  /** Only the name of the process is shown. */
  readonly isCollapsed: boolean;
}) {
  const { language } = session.parts;
  const [open, setOpen] = React.useState<string | null>(null);
  const activeId = process.activeStage?.id;
  // Whoever moved the stage, the steps that were open are no longer the ones to fill.
  React.useEffect(() => setOpen(null), [activeId]);
  React.useEffect(() => session.selectStage(open), [session, open]);
  const buttons = React.useRef(new Map<string, HTMLButtonElement>());
  const { stages } = process.definition;
  const active = process.activeStage;
  const close = () => {
    if (open) buttons.current.get(open)?.focus();
    setOpen(null);
  };
  const age = process.instance?.startedOn ? formatAge(process.instance.startedOn, new Date(), language) : null;
  const stageAge = process.instance?.stageStartedOn
    ? formatAge(process.instance.stageStartedOn, new Date(), language, false)
    : null;
  const words = {
    done: word(language, 'stageDone'),
    active: word(language, 'stageActive'),
    ahead: word(language, 'stageAhead'),
  };
  return (
    <nav className="process" aria-label={word(language, 'process')}>
      <div className="process-name">
        <div className="strong">{labelIn(language, process.definition.name)}</div>
        {age && (
          <div className="small sub">
            {process.instance?.status === 'finished'
              ? word(language, 'finished')
              : word(language, 'activeFor', { t: age })}
          </div>
        )}
      </div>
      <ol hidden={isCollapsed}>
        {stages.map((stage, index) => {
          const progress = progressOf(stage, process);
          const isOpen = open === stage.id;
          return (
            <li
              key={stage.id}
              className={['stage', progress, stage === active && 'current', isOpen && 'open'].filter(Boolean).join(' ')}
              aria-current={progress === 'active' ? 'step' : undefined}
            >
              <button
                type="button"
                ref={(element) => {
                  if (element) buttons.current.set(stage.id, element);
                }}
                aria-expanded={isOpen}
                aria-haspopup="dialog"
                onClick={() => (isOpen ? close() : setOpen(stage.id))}
              >
                <span className="dot">{progress === 'done' && <Icon name="Accept" />}</span>
                <span className="stage-name">
                  {labelIn(language, stage.name)}
                  {stage === active && stageAge && (
                    <>
                      {' '}
                      <small>({stageAge})</small>
                    </>
                  )}
                </span>
                <span className="visually-hidden">, {words[progress]}</span>
                <span className="stage-count small sub">
                  {labelIn(language, process.definition.name)} ·{' '}
                  {word(language, 'stageOf', { n: index + 1, of: stages.length })}
                </span>
                <Icon name="ChevronDown" className="stage-chevron" />
              </button>
              {isOpen && (
                <ProcessFlyout
                  session={session}
                  process={process}
                  stage={stage}
                  side={index * 2 >= stages.length ? 'end' : 'start'}
                  around={{ before: stages[index - 1] ?? null, after: stages[index + 1] ?? null }}
                  onShow={setOpen}
                  onClose={close}
                  onMoved={() => setOpen(null)}
                />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
