import { type Wanted, askAbout } from './ask-about';
import { type Bar, say, showAgain } from './bar';
import { words } from './words';

/** Milliseconds after which it is said that the answer is still to come. */
const TELL_AFTER = 60_000;

/** Asks the service for something, says what came of it, and shows the records anew. */
export async function askAndTell(bar: Bar, wanted: Wanted): Promise<void> {
  const began = Date.now();
  const { notSent, result } = await askAbout(wanted, () => Date.now() - began < TELL_AFTER);
  await say(notSent === null ? result || words('waiting') : words(notSent === 'forbidden' ? 'notAllowed' : 'failed'));
  await showAgain(bar);
}
