import { type Wanted, askAbout } from './ask-about';
import { type Bar, say, showAgain } from './bar';
import { words } from './words';

/** Looks, one a second, after which it is said that the answer is still to come. */
const LOOKS = 60;

/** Asks the service for something, says what came of it, and shows the records anew. */
export async function askAndTell(bar: Bar, wanted: Wanted): Promise<void> {
  let looks = 0;
  const { notSent, result } = await askAbout(wanted, () => (looks += 1) <= LOOKS);
  await say(notSent === null ? result || words('waiting') : words(notSent === 'forbidden' ? 'notAllowed' : 'failed'));
  await showAgain(bar);
}
