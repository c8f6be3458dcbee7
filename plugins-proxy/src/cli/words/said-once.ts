/** An error's sentence for a command, which runs once: that something is tried again is the service's promise, not its own. Pure. */
export function saidOnce(message: string): string {
  return message.replaceAll('; it is tried again.', '.');
}
