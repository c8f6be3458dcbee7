import {
  type DoneChange,
  noTicketText,
  planTickets,
  ResolutionRule,
  type StoredTickets,
  SyncPreference,
  type TicketFacts,
  type TicketLink,
  ticketsAskedText,
  ticketText,
} from '@crmjira/domain';

const at = (minute: number): string => new Date(Date.UTC(2025, 4, 16, 12, minute)).toISOString();
const turned = (entry: number, done = true): DoneChange => ({
  entry,
  on: at(entry),
  done,
  by: 'Lee',
  resolution: null,
});
const toDone = { id: '31', name: 'Done', to: '10002', category: 'done', fields: [] } as const;
const link = (n: number, changed: Partial<TicketLink> = {}): TicketLink => ({
  id: `link-${n}`,
  integration: 'cloud',
  rule: ResolutionRule.All,
  preference: SyncPreference.Both,
  stage: 'linked',
  resolvesRecord: false,
  issueId: String(n),
  key: `DOCK-${n}`,
  doneWhenLinked: false,
  changes: [],
  status: 'To Do',
  done: changed.changes?.at(-1)?.done ?? false,
  offered: [toDone],
  ...changed,
});
const open = { id: 'error', resolved: false, regressed: false, lastSeen: at(0) };
const resolved = { ...open, resolved: true };
const nothingYet: StoredTickets = { occasion: null, resolved: false, cameBack: null };
const plan = (facts: Partial<TicketFacts>) =>
  planTickets({ error: open, links: [link(1)], stored: nothingYet, ...facts });

/** Acts and accounts until nothing is left, as the service does. */
function settle(facts: TicketFacts): { readonly acts: readonly string[]; readonly facts: TicketFacts } {
  let now = facts;
  const acts: string[] = [];
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const [action] = planTickets(now);
    if (action === undefined) return { acts, facts: now };
    if (action.kind === 'account') {
      now = { ...now, stored: action.stored };
      acts.push(...action.notices.map(({ code, key }) => `${code} ${key}`));
    } else if (action.kind === 'resolve-error') {
      now = { ...now, error: { ...now.error, resolved: true, regressed: false } };
      acts.push(`resolve-error ${action.notice.key}`);
    } else {
      const closed = { changes: [...action.link.changes, turned(50)], done: true };
      now = { ...now, links: now.links.map((one) => (one.id === action.link.id ? { ...one, ...closed } : one)) };
      acts.push(`close-issue ${action.link.key} by ${action.step.id}`);
    }
  }
  throw new Error(`does not settle: ${acts.join(', ')}`);
}

describe('a monitored error and its tickets', () => {
  it('R-1711 a ticket that is done resolves the error once, and not again when the error comes back', () => {
    const first = settle({ error: open, links: [link(1, { changes: [turned(3)] })], stored: nothingYet });
    expect(first.acts).toEqual(['resolve-error DOCK-1']);
    const back = settle({ ...first.facts, error: { ...open, regressed: true, lastSeen: at(9) } });
    expect(back.acts).toEqual(['came-back DOCK-1']);
    expect(back.facts.stored?.cameBack).toEqual({ on: at(9), key: 'DOCK-1' });
    expect(settle(back.facts).acts).toEqual([]);
    // Somebody reopens the ticket and is done again: another occasion.
    const again = settle({ ...back.facts, links: [link(1, { changes: [turned(3), turned(10, false), turned(11)] })] });
    expect(again.acts).toEqual(['resolve-error DOCK-1']);
    expect(again.facts.stored?.cameBack).toBeNull();
  });

  it('R-1711 the rule of the connection decides which tickets resolve the error', () => {
    const two = (rule: ResolutionRule, chosen = false) => [
      link(1, { rule, changes: [turned(3)], resolvesRecord: chosen }),
      link(2, { rule }),
    ];
    const acts = (links: readonly TicketLink[]) => settle({ error: open, links, stored: nothingYet }).acts;
    expect(acts(two(ResolutionRule.All))).toEqual([]);
    expect(acts(two(ResolutionRule.Any))).toEqual(['resolve-error DOCK-1']);
    expect(acts(two(ResolutionRule.Chosen, true))).toEqual(['resolve-error DOCK-1']);
    expect(acts(two(ResolutionRule.Never, true))).toEqual([]);
  });

  it('R-1711 R-216 an error that is resolved in Sentry closes its tickets by a step that Jira offers, where their sync allows', () => {
    const links = [
      link(1),
      link(2, { preference: SyncPreference.JiraToCrm }),
      link(3, { preference: SyncPreference.Off }),
      link(4, { changes: [turned(1)] }),
      link(5, { preference: SyncPreference.CrmToJira }),
    ];
    expect(settle({ error: resolved, links, stored: nothingYet }).acts).toEqual([
      'close-issue DOCK-1 by 31',
      'close-issue DOCK-5 by 31',
    ]);
    const needs = { id: 'customfield_1', name: 'Root cause', required: true, hasDefault: false };
    const stuck = [
      link(1, { offered: [{ ...toDone, category: 'indeterminate' }] }),
      link(2, { offered: [{ ...toDone, fields: [needs] }] }),
    ];
    const told = settle({ error: resolved, links: stuck, stored: nothingYet });
    expect(told.acts).toEqual(['not-closed DOCK-1', 'not-closed DOCK-2']);
    expect(settle(told.facts).acts).toEqual([]);
    // The rows of the links say why, until the error is open again.
    const [account] = plan({ error: resolved, links: stuck });
    expect(account).toMatchObject({
      unclosed: [
        { link: 'link-1', trouble: { code: 'no-transition', from: 'To Do', to: 'Done' } },
        { link: 'link-2', trouble: { code: 'transition-needs-field', field: 'Root cause', to: 'Done' } },
      ],
    });
    expect(planTickets({ ...told.facts, error: open })).toMatchObject([
      {
        unclosed: [
          { link: 'link-1', trouble: null },
          { link: 'link-2', trouble: null },
        ],
      },
    ]);
  });

  it('R-1711 what stands at the first look is nobody’s act, what has happened since the ticket was made is', () => {
    expect(settle({ error: resolved, links: [link(1)], stored: null }).acts).toEqual([]);
    expect(settle({ error: open, links: [link(1, { doneWhenLinked: true, done: true })], stored: null }).acts).toEqual(
      [],
    );
    expect(settle({ error: open, links: [link(1, { changes: [turned(2)] })], stored: null }).acts).toEqual([
      'resolve-error DOCK-1',
    ]);
  });

  it('R-1711 a run that was cut off right after it has resolved the error closes no other ticket', () => {
    const links = [link(1, { rule: ResolutionRule.Any, changes: [turned(3)] }), link(2, { rule: ResolutionRule.Any })];
    expect(settle({ error: resolved, links, stored: nothingYet }).acts).toEqual([]);
  });

  it('R-1711 an error that a person takes up again by hand is not one that came back', () => {
    const stored = { ...nothingYet, resolved: true };
    expect(settle({ error: open, links: [link(1, { doneWhenLinked: true, done: true })], stored }).acts).toEqual([]);
    expect(plan({ links: [] })).toEqual([]);
  });
});

test('R-1711 R-1705 people read what came of it in either language', () => {
  const words = (language: 1033 | 3084) => [
    ticketText({ code: 'came-back', key: 'DOCK-455' }, language === 1033 ? 'May 14' : '14 mai', language),
    noTicketText('has-ticket', 'SQLITE_FULL', { ticket: { key: 'DOCK-1', by: 'Olivia', on: '2025-05-16' } }, language),
    ticketsAskedText(1, [], language),
    ticketsAskedText(0, ['x'], language),
  ];
  expect(words(1033)).toEqual([
    'Came back May 14, after DOCK-455 was resolved. Nothing was reopened.',
    'SQLITE_FULL already has the open ticket DOCK-1. Nothing was created. It was linked by Olivia on 2025-05-16.',
    '1 ticket is being created.',
    'No ticket was created. x',
  ]);
  expect(words(3084)).toEqual([
    'Revenue le 14 mai, après la résolution de DOCK-455. Rien n’a été rouvert.',
    'SQLITE_FULL a déjà le ticket ouvert DOCK-1. Rien n’a été créé. Lié par Olivia le 2025-05-16.',
    '1 ticket est en cours de création.',
    'Aucun ticket n’a été créé. x',
  ]);
});
