import type { Language } from '../../text/language';
import type { NotificationMessage } from './message';

/** The three characters with which Slack begins links and mentions. */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Slack's limits: characters of a header, fields of a section. */
const longestHeader = 150;
const mostFields = 10;

/**
 * What an incoming webhook of Slack takes: blocks, and a text for notifications and readers that show none. `verbatim`: what looks like a
 * channel, a name or an address stays text. Pure.
 */
export function slackBlocks({ title, fields, link }: NotificationMessage, language: Language): object {
  const colon = language === 3084 ? '\u00a0:' : ':';
  const text = [title, ...fields.map(({ label, value }) => `${label}${colon} ${value}`)].join(' · ');
  const piece = (value: string): object => ({ type: 'mrkdwn', text: value, verbatim: true });
  return {
    text: escapeSlack(text),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: escapeSlack(title.slice(0, longestHeader)), emoji: false } },
      {
        type: 'section',
        fields: fields
          .slice(0, mostFields)
          .map(({ label, value }) => piece(`*${escapeSlack(label)}*\n${escapeSlack(value)}`)),
      },
      ...(link === null
        ? []
        : [{ type: 'section', text: piece(`<${escapeSlack(link.url)}|${escapeSlack(link.text)}>`) }]),
    ],
  };
}
