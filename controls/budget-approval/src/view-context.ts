import type { HostFacts, Words } from '@crmjira/form-data';
import type { ApprovalForm } from './rows/approvals-part';
import type { Sent } from './rows/ask';
import type { StringKey } from './generated/string-keys';

/** The person at work, as far as the client knows; the server decides what happens. */
export interface Person {
  /** lower-case GUID */
  readonly id: string;
  readonly mayAsk: boolean;
  readonly mayDecide: boolean;
}

/** What this person sent from here, and what became of it. */
export interface Attempt {
  /** request that was decided on, or that was the newest when another was asked for; empty: there was none */
  readonly requestId: string;
  /** `crmjira_approvalstatus` of the decision; 0: asked for approval */
  readonly outcome: number;
  readonly amount: string;
  readonly comment: string;
  readonly sent: Sent;
  /** epoch milliseconds */
  readonly at: number;
}

/** What views are told from: rows, person, words and formats. */
export interface ViewContext {
  readonly host: HostFacts;
  readonly form: ApprovalForm | null;
  readonly person: Person;
  readonly attempt: Attempt | null;
  /** budget amount in the field of the form, saved or not; undefined where the form does not tell */
  readonly typed?: number | null;
  /** reason that was written here and not sent yet */
  readonly draft: string;
  /** comment of a decision that was written here and is recorded nowhere: it is no reason for a request */
  readonly unrecorded: string;
  readonly say: Words<StringKey>;
}
