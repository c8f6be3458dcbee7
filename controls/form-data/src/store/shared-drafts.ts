import type { RecordKey } from './desk';

/** The command bar and the controls stand in frames of their own; of one origin, they share a channel. */
const CHANNEL = 'crmjira.draft';

/** What a person has typed on the card of a record and not sent. */
export interface Draft {
  /** request whose decision it is the comment of; empty: it is the reason of a new request */
  readonly requestId: string;
  readonly comment: string;
}

/** What was typed on the cards of a record, as far as they have answered. */
export interface Drafts {
  /** empty: nothing was typed for it, or not the same in two windows */
  readonly commentFor: (requestId: string) => string;
  readonly end: () => void;
}

/**
 * Who is asked names the record; who answers adds request and comment. No names of properties: bundles shorten theirs.
 */
type Message = readonly [record: string] | readonly [record: string, requestId: string, comment: string];

const keyOf = ({ table, id }: RecordKey): string => `${table} ${id}`;

/** Answers the command bar when it asks. @param read what stands in the field just now; null: not to be told. Returns the way to stop. */
export function offerDraft(record: RecordKey, read: () => Draft | null): () => void {
  const channel = openChannel();
  const key = keyOf(record);
  listen(channel, (message) => {
    if (message[0] !== key || message.length > 1) return;
    const draft = read();
    if (draft?.comment) channel?.postMessage([key, draft.requestId, draft.comment] satisfies Message);
  });
  return () => channel?.close();
}

/**
 * Asks the cards of a record for what was typed there. The answers come while the command bar reads rows: one that comes later is left
 * where it was typed.
 */
export function collectDrafts(record: RecordKey): Drafts {
  const channel = openChannel();
  const key = keyOf(record);
  const drafts: Draft[] = [];
  listen(channel, ([of, requestId, comment]) => {
    if (of === key && requestId !== undefined && comment) drafts.push({ requestId, comment });
  });
  channel?.postMessage([key] satisfies Message);
  return {
    commentFor: (requestId) => {
      const [comment = '', ...others] = drafts.filter((one) => one.requestId === requestId).map((one) => one.comment);
      // Two windows that say different things: neither is sent unseen by the other.
      return others.every((other) => other === comment) ? comment : '';
    },
    end: () => channel?.close(),
  };
}

/** Undefined in browsers older than the channel: there, what was typed stays on the card (F-103). */
function openChannel(): BroadcastChannel | undefined {
  return globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
}

function listen(channel: BroadcastChannel | undefined, heard: (message: Message) => void): void {
  // Only this file writes to the channel.
  if (channel) channel.onmessage = ({ data }) => heard(data as Message);
}
