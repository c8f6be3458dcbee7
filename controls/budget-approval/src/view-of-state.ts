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
  const plain = (tone: Tone, icon: IconName, mark: StringKey, text: StringKey): Part => ({
    chip: chip(tone, icon, telling.say(mark)),
    lede: telling.say(text),
  });
  switch (kind) {
    case 'loading':
      return { loading: telling.say(kind) };
    case 'hidden':
      return plain('off', 'Hide', 'chip.hidden', kind);
    case 'unsaved':
      return plain('neutral', 'Save', 'chip.unsaved', kind);
    case 'unread':
      return {
        ...plain('over', 'ErrorBadge', 'chip.unread', kind),
        actions: [action('refresh', 'Sync', telling.say('unread.again'))],
      };
    case 'cut':
      return plain('warn', 'PlugDisconnected', 'chip.offline', 'offline.nothing');
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
  const wished = amountToAsk(record);
  const currency = request?.currency ?? opportunity.currency;
  const style = { symbol: currency.symbol, pattern: numbers };
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
    names: approvals?.approvers ?? '',
  };
  const t = (key: StringKey): string => say(key, values);
  const says = (hue: Tone, drawing: IconName, strong: string, text: StringKey): MessageView =>
    message(hue, drawing, strong, t(text));
  const busy = attempt?.result === 'sending';
  const ask = (key: StringKey, primary = true): readonly ActionView[] =>
    wished && person.mayAsk && !host.disabled ? [action('ask', 'Send', t(key), primary, busy)] : [];
  const waiting = chip('brand', 'Clock', t('waiting'));
  const history = historyOf(approvals?.requests.slice(decision || kind === 'decided' ? 0 : 1) ?? [], telling);
  const past: Part = { history, historyTitle: say('history', { count: String(history.length) }) };
  const lead = effect ? ([values.amount, t(effect.difference ? 'since.amount' : 'notApproved')] as const) : undefined;
  const asking = ask(mapping?.budgetStatus && outcome === APPROVED ? 'ask.change' : 'ask', outcome !== APPROVED);
  const form_ = asking.length ? { actions: asking, field: { label: t('ask.reason') }, lead } : {};
  const total = request && formatMoneyWithCode(request.amount, style);
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
        facts: effect?.facts,
        reason: request?.comment ? [t('reason'), request.comment] : undefined,
        ...(!host.disabled && {
          field: { label: t('comment'), error: telling.commentMissing ? t('comment.missing') : undefined },
          actions: [
            action(`${APPROVED}`, 'Accept', t('approve'), true, busy),
            action(`${CHANGES}`, 'Undo', t('askForChanges'), false, busy),
            action(`${REJECTED}`, 'Cancel', t('reject'), false, busy),
          ],
          note: t('pending.note'),
        }),
      };
    case 'own':
      return {
        ...past,
        chip: waiting,
        lead,
        by: t('own.by'),
        message: says('brand', 'Info', t(kind), values.names ? 'approvers' : 'own.next'),
        // Told by the approver, not by a row this person could read: a decision without effect uses the request up.
        note: t('own.note'),
        actions: ask('ask.again', false),
      };
    case 'watch':
      return {
        ...past,
        chip: waiting,
        amount: total,
        by: t('requested.by'),
        message: says('neutral', 'Lock', t(kind), values.names ? 'approvers' : 'watch.next'),
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
    case 'refused':
      return {
        ...past,
        chip: chip('over', 'Blocked', t('chip.refused')),
        amount: total,
        // The service's own words, and the truth that the request is used up by it.
        message: says('over', 'Blocked', approvals?.refusal ?? '', 'refused.next'),
        facts: effect?.facts,
        actions: ask('ask.again'),
        told: '',
      };
    case 'recorded': {
      const late = Date.parse(form?.now ?? '') - Date.parse(decision?.on ?? '') > LONG_WAIT;
      const others = late && decision?.byId !== person.id;
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

/** Requests and decisions, newest first. */
function historyOf(requests: readonly Request[], { host, say }: Telling): readonly EventView[] {
  return requests.flatMap((request) => {
    const { amount, currency, decision } = request;
    const event = (row: NonNullable<typeof decision> | Request, tone: Tone, icon: IconName, key: StringKey) => ({
      ...chip(tone, icon, say(key)),
      by: `${row.by} · ${formatDateTime(row.on, host.format.dates)}`,
      amount: formatMoneyWithCode(amount, { symbol: currency.symbol, pattern: host.format.numbers }),
      comment: row.comment,
    });
    const asked = event(request, 'brand', 'Send', 'requested');
    return decision ? [event(decision, ...outcomeOf(decision.outcome)), asked] : [asked];
  });
}
