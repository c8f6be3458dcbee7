import type { ActionView } from './action-buttons';
import type { IconName } from './icons';
import type { ChipView, MessageView, Tone } from './parts';

/** Short ways to write the parts that every view is made of. */
export function chip(tone: Tone, icon: IconName, text: string): ChipView {
  return { tone, icon, text };
}

export function message(tone: Tone, icon: IconName, strong: string, text: string): MessageView {
  return { tone, icon, strong, text };
}

export function action(
  name: string,
  icon: IconName,
  text: string,
  primary = false,
  busy = false,
  argument?: string,
): ActionView {
  return { name, icon, text, primary, busy, argument };
}
