import type { RecordKey } from './desk';

/** The form script and the controls stand in frames of their own; of one origin, they share a channel. */
const CHANNEL = 'crmjira.saved';

/** How a record is named on the channel. */
export const savedKey = ({ table, id }: RecordKey): string => `${table} ${id}`;

/** Tells the controls on the form of a record that it has been saved (F-102). */
export function announceSaved(record: RecordKey): void {
  const channel = openChannel();
  channel?.postMessage(savedKey(record));
  channel?.close();
}

/** @param listener told the `savedKey` of a record. Returns the way to stop listening. */
export function onSaved(listener: (saved: unknown) => void): () => void {
  const channel = openChannel();
  if (channel) channel.onmessage = ({ data }) => listener(data);
  return () => channel?.close();
}

/** Undefined in browsers older than the channel: there, what was saved shows at the next look. */
function openChannel(): BroadcastChannel | undefined {
  return globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
}
