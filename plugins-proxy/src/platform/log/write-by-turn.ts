import pino, { type DestinationStream } from 'pino';

/** Characters that are not held until the end of the turn. */
const mostWaiting = 64 * 1024;

/** What the process still has to write when it exits: one listener for all of them, as node counts listeners. */
const unwritten = new Set<() => void>();
let listening = false;

function writeAtExit(flush: () => void): void {
  unwritten.add(flush);
  if (!listening) process.once('exit', () => unwritten.forEach((each) => each()));
  listening = true;
}

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
    unwritten.delete(flush);
    if (lines !== '') destination.write(lines);
  };
  return {
    write: (line) => {
      if (waiting === '') {
        setImmediate(flush);
        writeAtExit(flush);
      }
      waiting += line;
      if (waiting.length > mostWaiting) flush();
    },
  };
}
