import * as React from 'react';
import type { ProcessStageMetadata } from '@crmjira/domain';
import { type Language, labelIn } from '../language';
import { Icon } from '../platform/icons';
import { WebApiError } from '../web-api/web-api';
import { word } from '../words';
import { FieldCell } from './cell';
import type { FormSession } from './form-session';
import type { MoveResult, ProcessController } from './process-controller';
import { problemText } from '../web-api/problem-text';

export interface ProcessFlyoutProps {
  readonly session: FormSession;
  readonly process: ProcessController;
  readonly stage: ProcessStageMetadata;
  readonly side: 'start' | 'end';
  /** Neighbours in the process: on a phone only one stage is drawn at a time. */
  readonly around: { readonly before: ProcessStageMetadata | null; readonly after: ProcessStageMetadata | null };
  readonly onShow: (stageId: string) => void;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Error code of a refusing synchronous webhook step. Source: Web API error codes. */
const refusedByStep = '0x80050203';

/** Columns that only the service writes, also where they stand as a step: key, status and the steps that it ticks. */
const written = /^crmjira_(jira_project_key|budget_status|step_(project|budget|link|approve|activate|notify))$/;

/** Steps of one stage and the moves from it. Escape closes; focus goes to its heading and back to the stage. */
export function ProcessFlyout(props: ProcessFlyoutProps) {
  const { session, process, stage, side, around, onShow, onClose, onMoved } = props;
  const { language } = session.parts;
  const heading = React.useRef<HTMLHeadingElement>(null);
  const box = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => heading.current?.focus(), []);
  React.useEffect(() => {
    const leave = (event: MouseEvent) => {
      if (event.target instanceof Node && !box.current?.parentElement?.contains(event.target)) onClose();
    };
    document.addEventListener('mousedown', leave);
    return () => document.removeEventListener('mousedown', leave);
  });

  const isActive = stage.id === process.activeStage?.id;
  const visited = process.activePath.includes(stage);
  const missing = new Set(process.missingSteps().map((step) => step.id));
  const name = labelIn(language, stage.name);

  const run = async (move: () => Promise<MoveResult>) => {
    session.model.clear('host.process');
    const report = (message: string) => session.model.notify({ id: 'host.process', level: 'ERROR', message });
    try {
      const result = await move();
      // A script that stops the move says why beside the steps: they stay open.
      if (result === 'success') onMoved();
      if (result === 'dirtyForm') report(word(language, 'moveUnsaved'));
      if (result === 'stageGate') {
        const labels = process.missingSteps().map((step) => labelIn(language, step.label));
        report(word(language, 'requiredMissing', { label: labels.join(', ') }));
      }
    } catch (error) {
      onMoved();
      // Of a synchronous step the platform passes on only that it refused; the form's script finds out why.
      if (error instanceof WebApiError && error.code === refusedByStep) report(word(language, 'moveRefusedByServer'));
      else report(word(language, 'moveRefused', { reason: problemText(error, language) }));
    }
  };

  return (
    <div
      ref={box}
      role="dialog"
      aria-label={name}
      className={`flyout ${side}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="flyout-head">
        <h2 ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <button type="button" className="icon-button" aria-label={word(language, 'close')} onClick={onClose}>
          <Icon name="Cancel" />
        </button>
      </div>
      <div className="flyout-around">
        {around.before && <Neighbour stage={around.before} language={language} icon="Back" onShow={onShow} />}
        {around.after && <Neighbour stage={around.after} language={language} icon="ChevronRight" onShow={onShow} />}
      </div>
      <div className="flyout-steps">
        {stage.steps.map((step) => (
          <div key={step.id}>
            <FieldCell
              name={step.column}
              label={labelIn(language, step.label)}
              session={session}
              place="process-"
              requiredBecause={isActive && missing.has(step.id) ? word(language, 'processRequired') : undefined}
              readOnly={written.test(step.column) || session.model.number('statecode') !== 0}
              locked={written.test(step.column)}
            />
          </div>
        ))}
      </div>
      <div className="flyout-commands">
        {isActive && process.previousStage && (
          <button
            type="button"
            className="button"
            disabled={process.moving}
            onClick={() => run(() => process.movePrevious())}
          >
            {word(language, 'previousStage')}
          </button>
        )}
        {!isActive && visited && (
          <button
            type="button"
            className="button"
            disabled={process.moving}
            onClick={() => run(() => process.setActive(stage.id))}
          >
            {word(language, 'setActive')}
          </button>
        )}
        {isActive && !process.nextStage && process.instance?.status === 'active' && (
          <button
            type="button"
            className="button primary"
            disabled={process.moving}
            onClick={() => run(() => process.finish())}
          >
            {word(language, 'finish')}
          </button>
        )}
        {isActive && process.nextStage && (
          <button
            type="button"
            className="button primary"
            disabled={process.moving}
            onClick={() => run(() => process.moveNext())}
          >
            {word(language, 'nextStage')}
          </button>
        )}
      </div>
    </div>
  );
}

interface NeighbourProps {
  readonly stage: ProcessStageMetadata;
  readonly language: Language;
  readonly icon: string;
  readonly onShow: (stageId: string) => void;
}

function Neighbour({ stage, language, icon, onShow }: NeighbourProps) {
  return (
    <button type="button" className="button small-button" onClick={() => onShow(stage.id)}>
      <Icon name={icon} />
      {labelIn(language, stage.name)}
    </button>
  );
}
