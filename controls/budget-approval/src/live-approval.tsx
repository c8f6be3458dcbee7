/** @jsx h */
import { getId } from '@fluentui/react';
import * as React from 'react';
import { type ApprovalStatus, decisionRow } from '@crmjira/domain';
import {
  h,
  type Draft,
  type FormStore,
  type HostFacts,
  type Words,
  formatMoneyWithCode,
  offerDraft,
  useAnnouncement,
  useFormState,
  useUnchanged,
} from '@crmjira/form-data';
import { ApprovalCard } from './approval-card';
import { wishedAmount } from './amounts';
import { APPROVED } from './outcomes';
import { partsFor } from './rows/approvals-part';
import { askFor, send } from './rows/ask';
import type { StringKey } from './generated/string-keys';
import { useFocus } from './use-focus';
import type { Attempt, Person, ViewContext } from './view-context';
import { approvalView } from './view-of-approval';

export interface LiveApprovalProps {
  readonly store: FormStore | null;
  readonly host: HostFacts;
  readonly person: Person;
  /** see ViewContext */
  readonly typed: ViewContext['typed'];
  readonly say: Words<StringKey>;
}

/** What stands in the field, and whether it was written as the comment of a decision or as the reason of a request. */
interface Written {
  readonly comment: string;
  readonly decides: boolean;
  /** the newest request when it was written; empty: there was none */
  readonly requestId: string;
}

const NOTHING: Written = { comment: '', decides: false, requestId: '' };

/** Joins the shared store and the requests with the card: rows become a view, the card's actions become rows. */
export function LiveApproval({ store, host, person, typed, say }: LiveApprovalProps): React.ReactElement {
  const [parts] = React.useState(() => partsFor(person));
  const form = useFormState(store, parts);
  // Fluent counts for the whole page: the headings that name two controls, of two bundles, have ids of their own.
  const [id] = React.useState(() => getId('crmjira'));
  const [written, setWritten] = React.useState<Written>(NOTHING);
  const { comment, decides } = written;
  const [attempt, setAttempt] = React.useState<Attempt | null>(null);
  const look = useUnchanged(host.look);
  const words = comment.trim();
  const record = form?.record;
  const request = record?.approvals.requests[0];
  const decision = request?.decision;
  // An answer may be lost on the way, and the command bar takes the words along: the row tells that they have arrived.
  const row = decides ? decision : request?.id === written.requestId ? null : request;
  const isRecorded = words && row?.personId === person.id && row.comment === words;
  if (isRecorded) setWritten(NOTHING);
  const [draft, unrecorded] = decides ? ['', words] : [words, ''];
  const view = useUnchanged(approvalView({ host, form, person, attempt, typed, draft, unrecorded, say }));
  const news = useAnnouncement(view.state, view.message?.strong ?? view.chip?.text ?? '');
  useFocus(id, view.state, attempt !== null);
  const typedHere = React.useRef<Draft>({ requestId: '', comment: '' });
  React.useEffect(() => {
    typedHere.current = { requestId: decides ? written.requestId : '', comment: words };
  });
  // Of two windows of this person the command bar means the one that they work in.
  React.useEffect(
    () => (store ? offerDraft(store.desk, () => (document.hasFocus() ? typedHere.current : null)) : undefined),
    [store],
  );

  const act = async (name: string): Promise<void> => {
    if (name === 'refresh') void store?.refresh();
    // What the field shows: the comment that was not recorded, whatever was written since.
    if (name === 'copy') return navigator.clipboard.writeText(view.field?.kept ?? '');
    if (name === 'dismiss') {
      setAttempt(null);
      setWritten(NOTHING);
    }
    const asked = name === 'ask';
    const outcome = Number(name) || 0;
    const amount = record && (asked ? wishedAmount(record) : outcome ? request?.amount : null);
    if (!store || !record || !amount) return;
    const currency = request && !asked ? request.currency : record.opportunity.currency;
    const shown = formatMoneyWithCode(amount, { ...currency, pattern: host.format.numbers });
    const requestId = request?.id ?? '';
    const begun = { requestId, outcome, amount: shown, comment: words, at: Date.now() };
    const isMissing = outcome > APPROVED && !words;
    setAttempt({ ...begun, sent: isMissing ? 'noComment' : 'sending' });
    if (isMissing) return document.getElementById(`${id}-comment`)?.focus();
    const { desk } = store;
    const sent = asked
      ? await askFor(desk, record, person.id, amount, shown, words)
      : await send(desk, 'decision', decisionRow(requestId, outcome as ApprovalStatus, desk.instant()), shown, words);
    await store.refresh();
    setAttempt({ ...begun, sent });
    // What was written stays until it is recorded.
    if (sent === 'sent') setWritten(NOTHING);
  };

  return (
    <ApprovalCard
      view={view}
      news={news}
      look={look}
      id={id}
      comment={comment}
      onComment={(text) => setWritten({ comment: text, decides: !!view.field?.decides, requestId: request?.id ?? '' })}
      onAction={({ name }) => void act(name)}
    />
  );
}
