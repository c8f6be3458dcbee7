import { fitText } from '../../text/fit-text';

/** A text as a post will hold it: words of others mention nobody, and are not taken for the XML of the platform's own posts. */
export const postText = (text: string): string =>
  fitText('post', 'text', text.replaceAll('@[', '@ [').replace(/^\s*</, '‹'));
