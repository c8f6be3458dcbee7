import { isForbidden } from '@crmjira/form-data';
import { stageGate } from '@crmjira/domain';
import { GATE_COLUMNS, formFacts } from './form-facts';
import { isReadable } from './is-readable';
import { isReadOnly } from './is-read-only';
import { type RecordFacts, readRecordFacts, readThreshold } from './read-record-facts';
import { watchForRefusal } from './refused-move';
import { StageMessages } from './stage-messages';
import { type Move, moveOf, stageOf } from './stage-of';
import { hiddenText, notCheckedText, notPermittedText, unexplainedText } from './words';

const REFUSED = 'crmjira.stage.refused';

/** What both events before a move can do. */
interface Stoppable {
  preventDefault(): void;
}

/**
 * Asks the domain's gate before every stage on and before the end of the process. The platform wants the answer at once: it
 * is given from what was read last, and when that stops the move it is asked again with fresh facts, so that nobody waits for what
 * is there.
 */
export function guardStages(formContext: Xrm.FormContext): void {
  const { process } = formContext.data;
  if (!process) return;
  const recordId = formContext.data.entity.getId();
  const messages = new StageMessages(formContext);
  let known: { readonly record: RecordFacts; readonly threshold: number } | null = null;
  let watch: { readonly stop: () => void } | null = null;
  /** The move whose reasons stand on the form. */
  let stopped: Move | null = null;

  const read = async () => {
    const [record, threshold] = await Promise.all([readRecordFacts(recordId), readThreshold()]);
    known = { record, threshold };
    return known;
  };
  // What column security hides from this person is not missing: it is left to the server's step, which sees it.
  const verdict = (move: Move, facts: NonNullable<typeof known>) => {
    const judged = stageGate(move, formFacts(formContext, facts.record, facts.threshold));
    const reasons = judged.reasons.filter(({ column }) => isReadable(formContext, column));
    return { allowed: reasons.length === 0, reasons };
  };
  const report = (error: unknown) => console.error('The stage gate could not read its facts.', error);
  const failed = (error: unknown) => {
    report(error);
    formContext.ui.setFormNotification(isForbidden(error) ? hiddenText() : notCheckedText(), 'ERROR', REFUSED);
  };
  /** null: nothing is known yet, or what is known cannot be judged; the move is then stopped and asked again. */
  const knownVerdict = (move: Move) => {
    try {
      return known && verdict(move, known);
    } catch (error) {
      report(error);
      return null;
    }
  };
  const forget = () => {
    watch?.stop();
    stopped = null;
    messages.clear();
    formContext.ui.clearFormNotification(REFUSED);
  };
  /** Whatever lets a move go here, the server may still refuse it, or not answer. */
  const watchServer = (move: Move) => {
    watch = watchForRefusal(
      recordId,
      ({ words }) => formContext.ui.setFormNotification(words, 'ERROR', REFUSED),
      (isHidden) =>
        isHidden
          ? explain(move).catch(failed)
          : formContext.ui.setFormNotification(unexplainedText(), 'ERROR', REFUSED),
    );
  };
  /** The server asks the same gate: fresh facts give its reasons to whoever may not read its words. */
  const explain = async (move: Move) => {
    const facts = await read();
    const { allowed, reasons } = verdict(move, facts);
    messages.show(reasons, facts.record.currency);
    if (allowed) formContext.ui.setFormNotification(hiddenText(), 'ERROR', REFUSED);
  };
  /** The server's step refuses them, and the platform would say so in words of its own: here they get them at once, in their language. */
  const stopReader = (event: Stoppable): boolean => {
    if (!isReadOnly(formContext)) return false;
    event.preventDefault();
    formContext.ui.setFormNotification(notPermittedText(), 'ERROR', REFUSED);
    return true;
  };
  const ask = (move: Move, event: Stoppable, repeat: () => void) => {
    const answer = knownVerdict(move);
    if (answer?.allowed) return watchServer(move);
    event.preventDefault();
    stopped = move;
    if (known && answer) messages.show(answer.reasons, known.record.currency);
    askAgain(move, repeat).catch(failed);
  };
  const askAgain = async (move: Move, repeat: () => void) => {
    const facts = await read();
    const { allowed, reasons } = verdict(move, facts);
    messages.show(reasons, facts.record.currency);
    if (allowed) repeat();
  };
  /** What has been put right is no longer said; nothing new is said unasked. */
  const reconsider = () => {
    const answer = stopped && knownVerdict(stopped);
    if (answer) messages.keep(answer.reasons);
  };

  process.addOnPreStageChange((context) => {
    const args = context.getEventArgs();
    const move = moveOf(formContext, args);
    if (!move) return;
    forget();
    if (stopReader(args)) return;
    const back = args.getDirection() === 'Previous';
    // A stage back is never blocked. The return from the review is its exit: there the domain asks for note and flag.
    if (back && move.from !== 'BudgetReviewRequired') return watchServer(move);
    ask(move, args, () => (back ? process.movePrevious() : process.moveNext()));
  });

  // The legacy web client of an on-premises organization tells of neither of these two (Microsoft, client API reference).
  process.addOnProcessStatusChange?.(forget);
  process.addOnPreProcessStatusChange?.((context) => {
    const args = context.getEventArgs();
    const from = stageOf(process.getActiveStage()?.getId());
    if (!from || args.getStatus() !== 'finished') return;
    forget();
    if (stopReader(args)) return;
    ask({ from, to: 'Finished' }, args, () => process.setStatus('finished'));
  });

  process.addOnStageChange(() => {
    forget();
    read()
      // The service fills columns as the stage changes. What a person is editing is never overwritten.
      .then(() => (formContext.data.entity.getIsDirty() ? undefined : formContext.data.refresh(false)))
      .catch(report);
  });

  for (const column of GATE_COLUMNS) formContext.getAttribute(column)?.addOnChange(reconsider);
  // Saved or read again: what the service did meanwhile may be all that was missing.
  formContext.data.addOnLoad(() => {
    if (stopped) read().then(reconsider, report);
  });

  read().catch(report);
}
