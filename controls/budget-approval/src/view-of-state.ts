import {
  type ActionView,
  type IconName,
  type MessageView,
  type Tone,
  action,
  chip,
  formatDateTime,
  formatMoney,
  formatMoneyWithCode,
  formatTime,
  message,
} from '@crmjira/form-data';
import { APPROVED, type ApprovalState, CHANGES, LONG_WAIT, REJECTED, amountToAsk } from './approval-state';
import type { EventView, Part } from './approval-view';
import { effectOf } from './effect';
import { outcomeOf } from './outcomes';
import type { Request } from './rows/approvals';
import type { StringKey } from './string-keys';
import type { Telling } from './view-of-approval';

/** What the state says, in one table: values are formatted once, each state names its texts. */
export function partOf(state: ApprovalState, telling: Telling): Part {
  const { kind } = state;
  const plain = (tone: Tone, icon: IconName): Part => ({
    chip: chip(tone, icon, telling.say(`chip.${kind as 'cut'}`)),
    lede: telling.say(kind as 'cut'),
  });
  switch (kind) {
    case 'loading':
      return { loading: telling.say(kind) };
    case 'hidden':
      return plain('off', 'Hide');
    case 'unsaved':
      return plain('neutral', 'Save');
    case 'unread':
      return { ...plain('over', 'ErrorBadge'), actions: [action('refresh', 'Sync', telling.say('unread.again'))] };
    case 'cut':
      return plain('warn', 'PlugDisconnected');
    default:
      return partOfRecord(state, telling);
  }
}

type Known = Extract<ApprovalState, { record: unknown }>;

function partOfRecord({ kind, record, request, outcome }: Known, telling: Telling): Part {
  const { host, form, approvals, person, attempt, say } = telling;
  const { opportunity, mapping } = record;
  const { dates, numbers } = host.format;
  const decision = request?.decision;
  const approvers = approvals?.approvers ?? [];
  const wished = amountToAsk(record);
  const currency = request?.currency ?? opportunity.currency;
  const style = { ...currency, pattern: numbers };
  const amount = kind === 'none' || kind === 'decided' ? wished : (request?.amount ?? null);
  const effect = amount && effectOf(amount, record, style, say);
  const [tone, icon, name] = outcomeOf(outcome ?? 0);
  const on = decision?.on ?? (kind === 'decided' ? opportunity.approvedOn : request?.on);
  const values = {
    amount: amount ? formatMoney(amount, style) : '',
    change: effect?.difference ?? '',
    currency: currency.code,
    who: (kind === 'decided' || decision ? (decision?.by ?? opportunity.approvedBy) : request?.by) ?? '',
    date: on ? formatDateTime(on, dates) : '',
    time: on ? formatTime(on, dates) : '',
    names: new Intl.ListFormat(host.format.locale, { type: 'disjunction' }).format(approvers),
  };
  const able = approvers[1] ? 'approvers' : approvers[0] && 'approver';
  const t = (key: StringKey): string => say(key, values);
  const says = (hue: Tone, drawing: IconName, strong: string, text: StringKey): MessageView =>
    message(hue, drawing, strong, t(text));
  const busy = attempt?.result === 'sending';
  const ask = (key: StringKey, primary = true): readonly ActionView[] =>
    wished && person.mayAsk && !host.disabled ? [action('ask', 'Send', t(key), primary, busy)] : [];
  const waiting = chip('brand', 'Clock', t('waiting'));
  const history = historyOf(decision || kind === 'decided' ? null : request, telling);
  const past: Part = { history, historyTitle: say('history', { count: String(history.length) }) };
  const lead = effect ? ([values.amount, t(effect.difference ? 'since.amount' : 'notApproved')] as const) : undefined;
  const asking = ask(mapping?.budgetStatus && outcome === APPROVED ? 'ask.change' : 'ask', outcome !== APPROVED);
  const form_ = asking.length ? { actions: asking, field: { label: t('ask.reason') }, lead } : {};
  const total = request && formatMoneyWithCode(request.amount, style);
  const deciding: Part = {
    facts: effect?.facts,
    reason: request?.comment ? [t('reason'), request.comment] : undefined,
    ...(!host.disabled && {
      field: { label: t('comment'), error: telling.commentMissing ? t('comment.missing') : undefined },
      actions: [APPROVED, CHANGES, REJECTED].map((value) => {
        const [, mark, done] = outcomeOf(value);
        const approves = value === APPROVED;
        return {
          ...action(`${value}`, approves ? 'Accept' : mark, t(`${done}.do`), approves, busy),
          // Over the limit once is over the limit again; the other decisions need none.
          off: approves && kind === 'refused',
        };
      }),
    }),
  };
  switch (kind) {
    case 'none': {
      const lede = !opportunity.open ? 'closed' : !mapping ? 'none.noProject' : !wished ? 'none.noAmount' : null;
      return {
        chip: chip('neutral', 'CircleRing', t('chip.none')),
        lead,
        ...form_,
        lede: t(lede ?? (asking.length ? 'none.ask' : 'none.mayNot')),
      };
    }
    case 'pending':
      return {
        ...past,
        chip: waiting,
        by: t('requested.by'),
        ...deciding,
        ...(!host.disabled && { note: t('pending.note') }),
      };
    case 'own':
      return {
        ...past,
        chip: waiting,
        lead,
        by: t('own.by'),
        message: says('brand', 'Info', t(kind), able || 'own.next'),
        // Told by the approver, not by a row this person could read.
        note: t('own.note'),
        actions: ask('ask.again', false),
      };
    case 'watch':
      return {
        ...past,
        chip: waiting,
        amount: total,
        by: t('requested.by'),
        message: says('neutral', 'Lock', t(kind), able || 'watch.next'),
      };
    case 'conflict': {
      const kept = attempt?.comment;
      return {
        chip: chip(tone, icon, t(name)),
        amount: total,
        message: says('warn', 'Info', t(`${name}.before`), kept ? 'conflict.kept' : 'conflict'),
        field: kept ? { label: t('kept'), kept } : undefined,
        actions: [...(kept ? [action('copy', 'Table', t('copy'))] : []), action('dismiss', 'Cancel', t('dismiss'))],
      };
    }
    case 'refused': {
      // The service's own words.
      const [strong = '', next = ''] = approvals?.refusal?.split('\n') ?? [];
      return {
        ...past,
        amount: total,
        message: message('over', 'Blocked', strong, next),
        ...(decision
          ? { chip: chip('over', 'Blocked', t('chip.refused')), facts: effect?.facts, actions: ask('ask.again') }
          : { chip: waiting, ...deciding }),
        told: '',
      };
    }
    case 'recorded': {
      const late = Date.parse(form?.now ?? '') - Date.parse(decision?.on ?? '') > LONG_WAIT;
      const others = late && decision?.personId !== person.id;
      return {
        ...past,
        chip: chip('brand', 'Clock', t('chip.recorded')),
        amount: total,
        by: t(`${name}.by`),
        message: says(
          'brand',
          'Info',
          t('recorded'),
          others ? 'recorded.others' : late ? 'recorded.waits' : 'recorded.next',
        ),
        actions: others ? ask('ask.again', false) : [],
      };
    }
    default: {
      const untold = outcome !== APPROVED && !decision && t('decided.reason');
      const next = !opportunity.open ? t('closed') : !wished && t('decided.change');
      return {
        ...past,
        chip: chip(tone, icon, t(name)),
        amount: total,
        by: decision || outcome === APPROVED ? t(`${name}.by`) : undefined,
        ...form_,
        note: [untold, next].filter(Boolean).join(' '),
      };
    }
  }
}

/** Marks of a decision that broke a rule. */
const NO_EFFECT = ['over', 'Blocked', 'chip.refused'] as const;

/**
 * Requests and decisions, newest first. Rows of one instant are one request: it was asked for once, and of its decisions the last alone
 * had an effect.
 * @param open stands above the history
 */
function historyOf(open: Request | null | undefined, { approvals, host, say }: Telling): readonly EventView[] {
  return (approvals?.requests ?? []).flatMap((request, index, all) => {
    const { amount, currency, decision, on } = request;
    const event = (row: NonNullable<typeof decision> | Request, tone: Tone, icon: IconName, key: StringKey) => ({
      ...chip(tone, icon, say(key)),
      by: `${row.by} · ${formatDateTime(row.on, host.format.dates)}`,
      amount: formatMoneyWithCode(amount, { ...currency, pattern: host.format.numbers }),
      comment: row.comment,
    });
    // Of a request in several rows only the last decision had an effect.
    const mark: readonly [Tone, IconName, StringKey] =
      all[index - 1]?.on === on ? NO_EFFECT : outcomeOf(decision?.outcome ?? 0);
    const asked = all[index + 1]?.on === on || on === open?.on ? [] : [event(request, 'brand', 'Send', 'requested')];
    return decision ? [event(decision, ...mark), ...asked] : asked;
  });
}
