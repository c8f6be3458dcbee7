import pino, { type DestinationStream } from 'pino';

/** Characters that are not held until the end of the turn. */
const mostWaiting = 64 * 1024;

/**
 * Writes the lines of one turn of the event loop together: handing it to the system is the dearest part of a line. None waits longer
 * than its turn, and what is left when the process exits is written then.
 */
export function writeByTurn(
  destination: DestinationStream = pino.destination({ dest: 1, sync: true }),
): DestinationStream {
  let waiting = '';
  const flush = (): void => {
    const lines = waiting;
    waiting = '';
    if (lines !== '') destination.write(lines);
  };
  process.once('exit', flush);
  return {
    write: (line) => {
      if (waiting === '') setImmediate(flush);
      waiting += line;
      if (waiting.length > mostWaiting) flush();
    },
  };
}
