import * as React from 'react';
import { type FormStore, readFailure } from '@crmjira/form-data';
import type { BudgetForm } from './parts';
import { type ReviewTask, type TaskApi, completeTask, mappingInReview, readReviewTask } from './review-task';

/** What a person knows of their review task, and what became of completing it here. */
export interface Review {
  readonly task: ReviewTask;
  readonly sent?: 'sending' | 'done' | 'forbidden' | 'failed';
}

/** The person at the form, as far as their tasks go. */
export interface Reviewer {
  readonly webApi: TaskApi;
  /** lower-case GUID */
  readonly id: string;
  /** they may complete tasks of their own */
  readonly mayComplete: boolean;
}

/** The review task of this person, read again with the rows of the form; null where there is nothing to review. */
export function useReviewTask(
  store: FormStore | null,
  form: BudgetForm | null,
  { webApi, id, mayComplete }: Reviewer,
): { readonly review: Review | null; readonly complete: () => void } {
  const mappingId = mayComplete ? mappingInReview(form) : null;
  const [task, keep] = React.useState<ReviewTask | null>(null);
  const [attempt, setAttempt] = React.useState<Pick<Review, 'sent'> & { readonly id?: string }>({});
  React.useEffect(() => {
    if (!store || !mappingId) return undefined;
    let current = attempt.sent !== 'sending';
    readReviewTask(webApi, store.desk.id, mappingId, id).then(
      (found) => current && keep(found),
      // What was known stays, and the next reading asks again. Whoever may read no tasks or alerts is offered nothing.
      () => undefined,
    );
    return () => {
      current = false;
    };
    // The moment of the reading says that it is to be read again; the host may hand over another API object any time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, mappingId, id, form?.readAt, attempt]);
  const complete = React.useCallback((): void => {
    if (!task) return;
    const sent = (now: Review['sent']): void => setAttempt({ id: task.id, sent: now });
    sent('sending');
    completeTask(webApi, task).then(
      () => {
        keep({ ...task, isOpen: false });
        sent('done');
      },
      (error: unknown) => sent(readFailure(error, false) === 'forbidden' ? 'forbidden' : 'failed'),
    );
  }, [webApi, task]);
  const sent = attempt.id === task?.id ? attempt.sent : undefined;
  return { review: mappingId && task ? { task, sent } : null, complete };
}
