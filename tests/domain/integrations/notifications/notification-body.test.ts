import {
  AlertLevel,
  ErrorClass,
  money,
  type Notification,
  notificationAdapters,
  notificationBody,
  notificationEvents,
  notificationNames,
} from '@crmjira/domain';
import { z } from 'zod';

const record = {
  table: 'opportunity',
  id: '5a8d2c1e-0000-4000-8000-000000000001',
  url: 'https://org.example/main.aspx?etn=opportunity&pagetype=entityrecord&id=5a8d2c1e-0000-4000-8000-000000000001',
} as const;
const alert: Notification = {
  event: 'budget.alert',
  at: '2025-01-20T14:00:00Z',
  data: {
    project: 'ALPHA',
    reference: 'CRM-202501-A1B2C3D4',
    level: AlertLevel.OverBudget,
    percent: 104.25,
    spent: money(10_425_000, 'CAD'),
    budget: money(10_000_000, 'CAD'),
  },
  record,
};
/** What somebody may have called an integration. */
const hostile = '<!channel> & <https://evil.example|here> [x](https://evil.example) *b* @all "quoted" \\ 漢字';
const failed: Notification = {
  event: 'run.failed',
  at: '2025-01-20T14:00:00Z',
  data: { integration: hostile, cause: ErrorClass.Timeout, code: 'no-answer' },
  record: null,
};

const card = z.object({
  type: z.literal('message'),
  attachments: z.tuple([
    z.object({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      content: z.object({
        type: z.literal('AdaptiveCard'),
        version: z.literal('1.4'),
        lang: z.string(),
        body: z.array(
          z.discriminatedUnion('type', [
            z.object({ type: z.literal('TextBlock'), text: z.string() }),
            z.object({ type: z.literal('RichTextBlock'), inlines: z.array(z.object({ text: z.string() })).length(2) }),
          ]),
        ),
        actions: z.array(z.object({ type: z.literal('Action.OpenUrl'), title: z.string(), url: z.string() })),
      }),
    }),
  ]),
});
const slack = z.object({
  text: z.string().min(1),
  blocks: z.array(
    z.object({
      type: z.string(),
      text: z.unknown().optional(),
      fields: z
        .array(z.object({ text: z.string() }))
        .max(10)
        .optional(),
    }),
  ),
});
const cardOf = (notification: Notification, language: 1033 | 3084 = 1033) =>
  card.parse(notificationBody(notification, { adapter: 'teams', language })).attachments[0].content;
const linesOf = ({ body }: ReturnType<typeof cardOf>): readonly string[] =>
  body.map((one) => (one.type === 'TextBlock' ? one.text : one.inlines.map(({ text }) => text).join('')));
const slackOf = (notification: Notification, language: 1033 | 3084 = 1033) =>
  slack.parse(notificationBody(notification, { adapter: 'slack', language }));

test('R-2024: a card of Teams says what happened, in both languages, with a link to the record', () => {
  expect(linesOf(cardOf(alert))).toEqual([
    'Budget alert',
    'Jira project: ALPHA',
    'Reference: CRM-202501-A1B2C3D4',
    'Level: Over Budget',
    'Spent: 104.3%',
    'Amount spent: $104,250.00 CAD',
    'Budget: $100,000.00 CAD',
    'When: 2025-01-20 14:00 UTC',
  ]);
  expect(cardOf(alert).actions).toEqual([{ type: 'Action.OpenUrl', title: 'Open in Dynamics 365', url: record.url }]);
  const french = cardOf(alert, 3084);
  expect(french.lang).toBe('fr-CA');
  expect(linesOf(french)).toContain('Niveau\u00a0: Budget dépassé');
  expect(linesOf(french)).toContain('Montant dépensé\u00a0: 104\u00a0250,00\u00a0$\u00a0CAD');
});

test('R-2024: no name becomes a link, a mention or a format in Teams: values stand in runs, which know no Markdown', () => {
  const [title, ...others] = cardOf(failed).body;
  expect(title).toMatchObject({ type: 'TextBlock', text: notificationNames['run.failed'][1033] });
  expect(others.map(({ type }) => type)).toEqual(others.map(() => 'RichTextBlock'));
  expect(linesOf(cardOf(failed))).toContain(`Integration: ${hostile}`);
});

test('R-2024: Slack gets blocks and a text for readers without them, escaped, and nothing that it would link by itself', () => {
  const { text, blocks } = slackOf(failed);
  const json = JSON.stringify({ text, blocks });
  expect(json).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;');
  expect(json).not.toMatch(/<[!@#h]/);
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section']);
  expect(blocks[1]).toMatchObject({ fields: [{ text: expect.stringContaining('*Integration*\n') }, {}, {}, {}] });
  // The address of the record is ours: its one link.
  const linked = JSON.stringify(slackOf(alert, 3084));
  expect(linked).toContain(`<${record.url.replaceAll('&', '&amp;')}|Ouvrir dans Dynamics 365>`);
  expect(slackOf(alert, 3084).text).toContain('Niveau\u00a0: Budget dépassé');
});

test('R-2027: a custom webhook gets facts as fields, exact amounts, and no sentence', () => {
  expect(notificationBody(alert, { adapter: 'custom', language: 3084 })).toEqual({
    type: 'budget.alert',
    timestamp: '2025-01-20T14:00:00Z',
    data: {
      project: 'ALPHA',
      reference: 'CRM-202501-A1B2C3D4',
      level: 'over-budget',
      percent: 104.25,
      spent: { amount: '104250.00', currency: 'CAD' },
      budget: { amount: '100000.00', currency: 'CAD' },
      record,
    },
  });
  expect(notificationBody(failed, { adapter: 'custom', language: 1033 })).toEqual({
    type: 'run.failed',
    timestamp: '2025-01-20T14:00:00Z',
    data: { integration: hostile, cause: 'timeout', code: 'no-answer' },
  });
});

test.each(notificationAdapters)(
  'R-2024, R-2027: every event has its form for %s, in both languages, within what the product takes',
  (adapter) => {
    const long = 'é'.repeat(5_000);
    for (const event of [...notificationEvents, 'notification.test', 'notification.summary'] as const)
      for (const language of [1033, 3084] as const) {
        const data = { integration: long, count: 12, since: alert.at, event: 'run.failed' as const };
        const json = JSON.stringify(notificationBody({ event, at: alert.at, data, record }, { adapter, language }));
        // Teams takes 28 KB.
        expect(Buffer.byteLength(json)).toBeLessThan(28_000);
        if (adapter !== 'custom') expect(json).toContain(notificationNames[event][language]);
      }
  },
);
