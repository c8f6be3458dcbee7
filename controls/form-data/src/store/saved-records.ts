/** The form script and the controls stand in frames of their own; of one origin, they share a channel. */
const CHANNEL = 'crmjira.saved';

/** Tells the controls on the form of a record that it has been saved (F-102). @param recordId lower-case GUID */
export function announceSaved(recordId: string): void {
  const channel = openChannel();
  channel?.postMessage(recordId);
  channel?.close();
}

/** Returns the way to stop listening. */
export function onSaved(listener: (recordId: unknown) => void): () => void {
  const channel = openChannel();
  if (channel) channel.onmessage = ({ data }) => listener(data);
  return () => channel?.close();
}

/** Undefined in browsers older than the channel: there, what was saved shows at the next look. */
function openChannel(): BroadcastChannel | undefined {
  return globalThis.BroadcastChannel && new BroadcastChannel(CHANNEL);
}
