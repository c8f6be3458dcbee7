import { equalMoney } from '@crmjira/domain';
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
import { approvedToday, wishedAmount } from './amounts';
import { type ApprovalState, LONG_WAIT, isJustAsked, isUnread, isUnsaved } from './approval-state';
import type { EventView, Part } from './approval-view';
import { effectOf } from './effect';
import { whyNoEffect } from './no-effect';
import { APPROVED, CHANGES, REJECTED, outcomeOf } from './outcomes';
import type { Decision, Request } from './rows/approvals';
import type { StringKey } from './generated/string-keys';
import type { ViewContext } from './view-context';

/** What the state says, in one table: values are formatted once, each state names its texts. */
export function partOf(state: ApprovalState, context: ViewContext): Part {
  if ('record' in state) return partOfRecord(state, context);
  const { kind } = state;
  const { say } = context;
  if (kind === 'loading') return { loading: say(kind) };
  const [tone, icon] = PLAIN[kind];
  return {
    chip: chip(tone, icon, say(`chip.${kind}`)),
    lede: say(kind),
    actions: kind === 'unread' ? [action('refresh', 'Sync', say('unread.again'))] : [],
  };
}

const PLAIN = {
  hidden: ['off', 'Hide'],
  unsaved: ['neutral', 'Save'],
  unread: ['over', 'ErrorBadge'],
  cut: ['warn', 'PlugDisconnected'],
} as const;

/** A comment that no decision carries, to copy: the decision is final, the words are still this person's (F-103). */
export function keptPart(kept: string, say: ViewContext['say']): Part {
  return {
    field: { label: say('kept'), kept },
    actions: [action('copy', 'Copy', say('copy')), action('dismiss', 'Cancel', say('dismiss'))],
  };
}

type Known = Extract<ApprovalState, { record: unknown }>;

function partOfRecord({ kind, record, request, outcome }: Known, context: ViewContext): Part {
  const { host, form, person, attempt, draft, say } = context;
  const approvals = form?.record?.approvals;
  const { opportunity, figures } = record;
  const { dates, numbers } = host.format;
  const decision = request?.decision;
  const approvers = approvals?.approvers ?? [];
  // The mapping follows a grant a moment later: until then the amount just granted is not one to ask for (F-119).
  const granted = kind === 'decided' && outcome === APPROVED ? request?.amount : null;
  const unapproved = wishedAmount(record);
  const wished = granted && equalMoney(unapproved, granted) ? null : unapproved;
  const { amount, currency } = request && kind !== 'decided' ? request : { ...opportunity, amount: wished };
  const style = { ...currency, pattern: numbers };
  const effect = amount && effectOf(amount, record, style, say);
  const [tone, icon, name] = outcomeOf(outcome ?? 0);
  // Decided without a decision that may be read: the integration's copy tells.
  const row = decision ?? (kind === 'decided' ? null : request);
  const on = row?.on ?? opportunity.approvedOn;
  const values = {
    amount: amount ? formatMoney(amount, style) : '',
    change: effect?.delta ?? '',
    currency: currency.code,
    who: row?.by ?? opportunity.approvedBy ?? '',
    date: on ? formatDateTime(on, dates) : '',
    time: on ? formatTime(on, dates) : '',
    names: new Intl.ListFormat(host.format.locale, { type: 'disjunction' }).format(approvers),
  };
  const holding = approvedToday(record);
  const approved = holding ? formatMoney(holding, { ...currency, pattern: numbers }) : '';
  // A request that is open or was turned down takes nothing away.
  const holds = approved && !equalMoney(holding, request?.amount ?? null) ? say('holds', { approved }) : '';
  const able = approvers[0] && 'approvers';
  const t = (key: StringKey): string => say(key, values);
  const says = (hue: Tone, drawing: IconName, strong: string, text: StringKey): MessageView =>
    message(hue, drawing, strong, t(text));
  const busy = isUnread(context, request);
  const mayAsk = wished && person.mayAsk && !host.disabled;
  const unsaved = mayAsk && isUnsaved(context, record) ? t('ask.unsaved') : undefined;
  const ask = (key: StringKey, primary = true): readonly ActionView[] =>
    mayAsk && !unsaved ? [action('ask', 'Send', t(key), primary, busy)] : [];
  const waiting = chip('brand', 'Clock', t('waiting'));
  const history = historyOf(row === request && on, opportunity.approvedOn, context);
  const past: Part = { history, historyTitle: say('history', { count: String(history.length) }) };
  const lead = effect ? ([values.amount, t(effect.delta ? 'since.amount' : 'notApproved')] as const) : undefined;
  const asking = ask(figures?.budgetStatus && outcome === APPROVED ? 'ask.change' : 'ask', outcome !== APPROVED);
  const form_ = asking.length ? { actions: asking, field: { label: t('ask.reason') }, lead } : {};
  const total = request && formatMoneyWithCode(request.amount, { ...request.currency, pattern: numbers });
  const deciding: Part = {
    facts: effect?.facts,
    reason: request?.comment ? [t('reason'), request.comment] : undefined,
    ...(!host.disabled && {
      field: {
        decides: true,
        label: t('comment'),
        error: attempt?.sent === 'noComment' ? t('comment.missing') : undefined,
      },
      note: t('pending.note'),
      actions: [APPROVED, CHANGES, REJECTED].map((value) => {
        const [, mark, done] = outcomeOf(value);
        const approves = value === APPROVED;
        // Over the limit once is no more than a warning: a limit may have been raised since, and the server decides what happens.
        const main = approves && kind !== 'refused';
        return action(`${value}`, approves ? 'Accept' : mark, t(`${done}.do`), main, busy);
      }),
    }),
  };
  switch (kind) {
    case 'none': {
      const canAsk = asking.length ? 'none.ask' : 'none.mayNot';
      const lede = !opportunity.open ? 'closed' : !figures ? 'none.noProject' : !wished ? 'none.noAmount' : canAsk;
      return {
        chip: chip('neutral', 'CircleRing', t('chip.none')),
        lead,
        ...form_,
        lede: unsaved ?? t(lede),
      };
    }
    case 'pending':
      return {
        ...past,
        chip: waiting,
        by: t('requested.by'),
        ...deciding,
      };
    case 'own':
      return {
        ...past,
        chip: waiting,
        lead,
        by: t('own.by'),
        message: says('brand', 'Info', t(kind), able || 'own.next'),
        // Asked for elsewhere, e.g. on the command bar: a row cannot be changed, but what was written goes with another request (F-103).
        ...(draft && { field: { label: t('ask.reason') } }),
        note: [holds, draft && t('own.draft'), unsaved].filter(Boolean).join(' '),
        // Not where the button was that has just been pressed: a second click would ask twice (F-119).
        actions: isJustAsked(context) ? [] : ask('ask.again', false),
      };
    case 'watch':
      return {
        ...past,
        chip: waiting,
        amount: total,
        by: t('requested.by'),
        message: says('neutral', 'Lock', t(kind), able || 'watch.next'),
        note: holds,
      };
    case 'expired':
      return {
        ...past,
        chip: chip('over', 'Blocked', t('chip.refused')),
        amount: total,
        // In the service's words for whoever asked, who alone may read them.
        message: message('over', 'Blocked', approvals?.refusal ?? t(kind), approvals?.refusal ? '' : t('expired.next')),
        field: form_.field,
        actions: ask('ask.again'),
        note: [holds, unsaved].filter(Boolean).join(' '),
      };
    case 'conflict': {
      const kept = attempt?.comment;
      return {
        chip: chip(tone, icon, t(name)),
        amount: total,
        message: says('warn', 'Info', t(`${name}.before`), kept ? 'conflict.kept' : 'conflict'),
        ...(kept ? keptPart(kept, say) : { actions: [action('dismiss', 'Cancel', t('dismiss'))] }),
      };
    }
    case 'refused': {
      // The service's own words; those who may not read them get the sentence of the history.
      const [strong = history[0]?.by ?? '', next = t('refused.next')] = approvals?.refusal?.split('\n') ?? [];
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
      const next = !opportunity.open ? t('closed') : !wished && !host.disabled && t('decided.change');
      return {
        ...past,
        chip: chip(tone, icon, t(name)),
        amount: total,
        by: decision || outcome === APPROVED ? t(`${name}.by`) : undefined,
        ...form_,
        note: [untold, outcome !== APPROVED && holds, next, unsaved].filter(Boolean).join(' '),
      };
    }
  }
}

/**
 * Requests and decisions, newest first. Rows of one instant are one request: it was asked for once, and of its decisions the last alone
 * had an effect. Of one without effect a sentence tells why.
 * @param openSince instant of the request that stands above the history
 */
function historyOf(
  openSince: string | false | null,
  approvedOn: string | null,
  { form, host, say }: ViewContext,
): readonly EventView[] {
  const { dates, numbers } = host.format;
  const approvals = form?.record?.approvals;
  return (approvals?.requests ?? []).flatMap((request, index, all) => {
    const { amount, currency, decision, expired, on } = request;
    const dated = (row: Decision | Request) => ({ who: row.by, date: formatDateTime(row.on, dates) });
    const event = (
      row: Decision | Request,
      tone: Tone,
      icon: IconName,
      key: StringKey,
      by = `${row.by} · ${formatDateTime(row.on, dates)}`,
    ): EventView => ({
      ...chip(tone, icon, say(key)),
      by,
      amount: formatMoneyWithCode(amount, { ...currency, pattern: numbers }),
      comment: row.comment,
    });
    const noEffect = (row: Decision | Request, key: StringKey, what: StringKey): EventView =>
      event(row, 'over', 'Blocked', 'chip.refused', say(key, { what: say(what, dated(row)) }));
    const asked = all[index + 1]?.on === on || on === openSince ? [] : [event(request, 'brand', 'Send', 'requested')];
    // One that the integration refused was never anybody's to decide on.
    if (!decision) return expired && asked[0] ? [noEffect(request, 'noEffect', 'requested.by')] : asked;
    const [tone, icon, name] = outcomeOf(decision.outcome);
    const why = whyNoEffect(decision, request, all[index - 1], approvals?.refusal, approvedOn);
    if (!why) return [event(decision, tone, icon, name), ...asked];
    return [noEffect(decision, why, `${name}.by`), ...asked];
  });
}
