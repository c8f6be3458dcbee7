import { stageGate } from '@crmjira/domain';
import { formFacts } from './form-facts';
import { isReadable } from './is-readable';
import { type RecordFacts, readRecordFacts, readThreshold } from './read-record-facts';
import { watchForRefusal } from './refused-move';
import { StageMessages } from './stage-messages';
import { type Move, moveOf } from './stage-of';
import { notCheckedText, unexplainedText } from './words';

const REFUSED = 'crmjira.stage.refused';

/**
 * Asks the domain's gate before every stage on. The platform wants the answer at once: it is given from what was
 * read last, and when that stops the move it is asked again with fresh facts, so that nobody waits for what is there.
 */
export function guardStages(formContext: Xrm.FormContext): void {
  const { process } = formContext.data;
  if (!process) return;
  const recordId = formContext.data.entity.getId();
  const messages = new StageMessages(formContext);
  let known: { readonly record: RecordFacts; readonly threshold: number } | null = null;
  let watch: { readonly stop: () => void } | null = null;

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
    formContext.ui.setFormNotification(notCheckedText(), 'ERROR', REFUSED);
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

  const askAgain = async (move: Move, direction: string) => {
    const facts = await read();
    const { allowed, reasons } = verdict(move, facts);
    messages.show(reasons, facts.record.currency);
    if (!allowed) return;
    if (direction === 'Previous') process.movePrevious();
    else process.moveNext();
  };

  process.addOnPreStageChange((context) => {
    const args = context.getEventArgs();
    const move = moveOf(formContext, args);
    if (!move) return;
    watch?.stop();
    messages.clear();
    formContext.ui.clearFormNotification(REFUSED);
    // A stage back is never blocked. The return from the review is its exit: there the domain asks for note and flag.
    const direction = args.getDirection();
    if (direction === 'Previous' && move.from !== 'BudgetReviewRequired') return;
    const answer = knownVerdict(move);
    if (answer?.allowed) {
      watch = watchForRefusal(
        recordId,
        ({ words }) => formContext.ui.setFormNotification(words, 'ERROR', REFUSED),
        () => formContext.ui.setFormNotification(unexplainedText(), 'ERROR', REFUSED),
      );
      return;
    }
    args.preventDefault();
    if (known && answer) messages.show(answer.reasons, known.record.currency);
    askAgain(move, direction).catch(failed);
  });

  process.addOnStageChange(() => {
    watch?.stop();
    messages.clear();
    formContext.ui.clearFormNotification(REFUSED);
    read()
      // The service fills columns as the stage changes. What a person is editing is never overwritten.
      .then(() => (formContext.data.entity.getIsDirty() ? undefined : formContext.data.refresh(false)))
      .catch(report);
  });

  read().catch(report);
}
