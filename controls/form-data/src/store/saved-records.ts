import type { RecordKey } from './desk';

/** The form script and the controls stand in frames of their own; of one origin, they share channels: one for each direction. */
const SAVED = 'crmjira.saved';
const SYNCED = 'crmjira.synced';

/** How a record is named on the channel. */
export const savedKey = ({ table, id }: RecordKey): string => `${table} ${id}`;

/** Tells the controls on the form of a record that it has been saved (F-102). */
export const announceSaved = (record: RecordKey): void => announce(SAVED, record);

/** Tells the form of a record that the integration has changed it, as a control has read. */
export const announceSynced = (record: RecordKey): void => announce(SYNCED, record);

type Listen = (listener: (key: unknown) => void) => () => void;

/** The listener is told the `savedKey` of a record. Returns the way to stop listening. */
export const onSaved: Listen = (listener) => listen(SAVED, listener);

/** The same of what the integration has changed. */
export const onSynced: Listen = (listener) => listen(SYNCED, listener);

function announce(name: string, record: RecordKey): void {
  const channel = openChannel(name);
  channel?.postMessage(savedKey(record));
  channel?.close();
}

function listen(name: string, listener: (key: unknown) => void): () => void {
  const channel = openChannel(name);
  if (channel) channel.onmessage = ({ data }) => listener(data);
  return () => channel?.close();
}

/** Undefined in browsers older than the channel: there, what was saved shows at the next look. */
function openChannel(name: string): BroadcastChannel | undefined {
  return globalThis.BroadcastChannel && new BroadcastChannel(name);
}
