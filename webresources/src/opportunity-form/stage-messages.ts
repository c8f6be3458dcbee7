import type { StageReason } from '@crmjira/domain';
import { reasonText } from './words';

const FORM = 'crmjira.stage.';
/** One place beside a field: the check of the budget amount says the same there (F-122). */
export const FIELD_NOTICE = 'crmjira.stage';

/** What stands in the way of a stage: one message each on the form, and beside the column that a person can fill. */
export class StageMessages {
  private shown: readonly StageReason[] = [];
  private currency = '';

  constructor(private readonly formContext: Xrm.FormContext) {}

  show(reasons: readonly StageReason[], currency: string): void {
    this.clear();
    this.shown = reasons;
    this.currency = currency;
    for (const reason of reasons) {
      const text = reasonText(reason, currency);
      this.formContext.ui.setFormNotification(text, 'ERROR', FORM + reason.code);
      // A recommendation never blocks saving: what is missing may come from the service, not from the person.
      this.control(reason)?.addNotification({
        messages: [text],
        notificationLevel: 'RECOMMENDATION',
        uniqueId: FIELD_NOTICE,
      });
    }
  }

  /** Takes away what no longer stands in the way. */
  keep(reasons: readonly StageReason[]): void {
    const left = this.shown.filter(({ code }) => reasons.some((reason) => reason.code === code));
    if (left.length < this.shown.length) this.show(left, this.currency);
  }

  clear(): void {
    for (const reason of this.shown) {
      this.formContext.ui.clearFormNotification(FORM + reason.code);
      this.control(reason)?.clearNotification(FIELD_NOTICE);
    }
    this.shown = [];
  }

  private control(reason: StageReason): Xrm.Controls.StandardControl | null {
    return this.formContext.getControl<Xrm.Controls.StandardControl>(reason.column);
  }
}
