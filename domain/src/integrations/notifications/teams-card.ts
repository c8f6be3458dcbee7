import type { Language } from '../../text/language';
import type { NotificationMessage } from './message';

/**
 * What a workflow of Teams takes ("Post to a channel when a webhook request is received"): a message with one Adaptive Card. Values stand in
 * text runs, which know no Markdown: nothing in them becomes a link or a mention. Pure.
 */
export const teamsCard = ({ title, fields, link }: NotificationMessage, language: Language): object => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        lang: language === 3084 ? 'fr-CA' : 'en',
        // Where no card can be shown.
        fallbackText: title,
        body: [
          { type: 'TextBlock', text: title, size: 'Medium', weight: 'Bolder', wrap: true },
          ...fields.map(({ label, value }, index) => ({
            type: 'RichTextBlock',
            spacing: index === 0 ? 'Default' : 'Small',
            inlines: [
              { type: 'TextRun', text: `${label}${language === 3084 ? '\u00a0' : ''}: `, weight: 'Bolder' },
              { type: 'TextRun', text: value },
            ],
          })),
        ],
        actions: link === null ? [] : [{ type: 'Action.OpenUrl', title: link.text, url: link.url }],
      },
    },
  ],
});
