import * as React from 'react';
import { Chip, safeUrl } from '@crmjira/form-data';
import { CheckAll, CheckOne, type Chosen, toggled } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import { PageButton } from '../platform/page-button';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import { counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import { type CardProps, statusChip } from './figure-cards';
import {
  type ProductError,
  type Ticket,
  cameBackAfter,
  changeOf,
  healthOf,
  isWithoutTicket,
  ticketOf,
} from './product-view';

/** Errors that are shown at first. */
const AT_FIRST = 6;

/** Icon of a level of Sentry's: its word stands beside it. */
const LEVELS: Readonly<Record<string, readonly [PageIconName, string]>> = {
  fatal: ['Blocked', 'over'],
  error: ['ErrorBadge', 'over'],
  warning: ['Warning', 'warn'],
};

export interface ErrorsProps extends CardProps {
  readonly today: string;
  readonly now: string;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  readonly onCreate: (errors: readonly ProductError[]) => void;
}

/** Errors with most events, each with its ticket or the way to one (R-1705, R-1710). */
export function TopErrors(props: ErrorsProps): React.ReactElement {
  const { data, facts, say, now, chosen, onChosen, onCreate } = props;
  const { format } = facts;
  const [onlyWithout, setOnlyWithout] = React.useState(false);
  const [all, setAll] = React.useState(false);
  const without = data.errors.filter(isWithoutTicket);
  const fitting = onlyWithout ? without : data.errors;
  const shown = all ? fitting : fitting.slice(0, AT_FIRST);
  const events = (errors: readonly ProductError[]): number => errors.reduce((sum, { last }) => sum + last, 0);
  const read = data.monitored.flatMap(({ syncedOn }) => syncedOn ?? []).sort()[0];
  const total = healthOf(data, props.today).errors.last;
  if (data.events === null)
    return (
      <section className="page-card">
        <div className="page-cardhead">
          <h2>{say('topErrors')}</h2>
          <Chip tone="off" icon="Lock" text={say('hidden')} />
        </div>
        <p className="crmjira-sub page-content">{say('hiddenNext')}</p>
      </section>
    );
  const chosenErrors = data.errors.filter(({ id }) => chosen.has(id));
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('topErrors')}</h2>
        <p className="crmjira-sub page-spread">{say('topNote')}</p>
        {data.errors.length > 0 && (
          <>
            <Pill text={say('all')} pressed={!onlyWithout} onPress={() => setOnlyWithout(false)} />
            <Pill
              text={say('withoutTicket', { n: format.number(without.length) })}
              pressed={onlyWithout}
              onPress={() => setOnlyWithout(true)}
            />
          </>
        )}
      </div>
      {chosen.size > 0 && (
        <div className="page-selection">
          <b>{counted(say, 'selected', chosenErrors.length, format)}</b>
          <PageButton
            text={say('createTickets')}
            icon="Add"
            look="small primary"
            onClick={() => onCreate(chosenErrors)}
          />
          <PageButton text={say('clearSelection')} look="small ghost" onClick={() => onChosen(new Set())} />
        </div>
      )}
      {data.monitored.length === 0 ? (
        <p className="crmjira-sub page-content">{say('noMonitored', { product: data.product?.name ?? '' })}</p>
      ) : data.errors.length === 0 ? (
        <div className="page-empty">
          <Chip tone="ok" icon="Completed" text={say('noErrors')} />
          {read !== undefined && (
            <p className="crmjira-sub">
              {say(data.monitored.length === 1 ? 'readAtOne' : 'readAt', {
                n: format.number(data.monitored.length),
                t: format.time(read, now),
              })}
            </p>
          )}
        </div>
      ) : fitting.length === 0 ? (
        <p className="crmjira-sub page-content">{say('allHaveTickets')}</p>
      ) : (
        <>
          <ScrollTable name={say('topErrors')}>
            <thead>
              <tr>
                <th scope="col" className="page-checkcell">
                  <CheckAll
                    name={say('selectAll')}
                    ids={shown.map(({ id }) => id)}
                    chosen={chosen}
                    onChange={onChosen}
                  />
                </th>
                <th scope="col">{say('error')}</th>
                <th scope="col">{say('project')}</th>
                <th scope="col">{say('level')}</th>
                <th scope="col" className="page-number">
                  {say('eventsHead')}
                </th>
                <th scope="col">{say('change')}</th>
                <th scope="col">{say('firstSeen')}</th>
                <th scope="col">{say('lastSeen')}</th>
                <th scope="col">{say('ticket')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((error) => (
                <Row key={error.id} {...props} error={error} />
              ))}
            </tbody>
          </ScrollTable>
          <p className="crmjira-sub page-cardhead page-foot">
            <span className="page-spread">
              {say('shownOf', {
                a: format.number(shown.length),
                b: format.number(data.errorCount),
                c: format.number(events(shown)),
                d: format.number(total),
              })}
            </span>
            {fitting.length > shown.length && <LinkButton text={say('showAll')} onClick={() => setAll(true)} />}
          </p>
        </>
      )}
      <p role="status" className="crmjira-hidden">
        {chosen.size === 0 ? '' : counted(say, 'selected', chosenErrors.length, format)}
      </p>
    </section>
  );
}

const Pill = (props: {
  readonly text: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}): React.ReactElement => (
  <button type="button" className="page-pill" aria-pressed={props.pressed} onClick={props.onPress}>
    {props.text}
  </button>
);

/** Words that lead out of the app, where the address is one that a browser may open. */
export function Outward({ text, url }: { readonly text: string; readonly url: string | null }): React.ReactElement {
  const href = safeUrl(url);
  if (href === null) return <b className="crmjira-strong">{text}</b>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

function Row(props: ErrorsProps & { readonly error: ProductError }): React.ReactElement {
  const { error, data, facts, say, now, today, chosen, onChosen } = props;
  const { format } = facts;
  const { id, title, url, projectId, level, firstSeenOn, lastSeenOn, last, before } = error;
  const [icon, tone] = LEVELS[level] ?? (['Info', 'off'] as const);
  const change = changeOf(error, today);
  return (
    <tr className={chosen.has(id) ? 'page-chosen' : undefined}>
      <td className="page-checkcell">
        <CheckOne
          name={say('selectOne', { name: title })}
          checked={chosen.has(id)}
          onChange={() => onChosen(toggled(chosen, id))}
        />
      </td>
      <th scope="row">
        <Outward text={title} url={url} />
      </th>
      <td className="page-nowrap">{data.monitored.find((one) => one.id === projectId)?.name}</td>
      <td className="page-nowrap">
        <span className={`page-withicon product-${tone}`}>
          <PageIcon name={icon} />
          {level.charAt(0).toUpperCase() + level.slice(1)}
        </span>
      </td>
      <td className="page-number">
        <b className="crmjira-strong">{format.number(last)}</b>
        <small>{say('before', { n: format.number(before) })}</small>
      </td>
      <td className="page-nowrap">
        {change.kind === 'up' || change.kind === 'down' ? (
          <span className="page-withicon">
            <PageIcon name={change.kind === 'up' ? 'ChevronUp' : 'ChevronDown'} />
            {say(change.kind, { p: format.percent(change.percent, 0) })}
          </span>
        ) : (
          say(change.kind === 'new' ? 'new' : 'same')
        )}
      </td>
      <td className="page-nowrap">{firstSeenOn === null ? '–' : format.day(firstSeenOn.slice(0, 10))}</td>
      <td className="page-nowrap">{lastSeenOn === null ? '–' : format.time(lastSeenOn, now)}</td>
      <td>
        <TicketCell {...props} />
      </td>
    </tr>
  );
}

function TicketCell(props: ErrorsProps & { readonly error: ProductError }): React.ReactElement {
  const { error, facts, say, onCreate } = props;
  const ticket = ticketOf(error);
  if (isWithoutTicket(error) || ticket === null)
    return (
      <>
        <PageButton
          text={say('createTicket')}
          label={say('createTicketOf', { name: error.title })}
          icon="Add"
          look="small"
          onClick={() => onCreate([error])}
        />
        {ticket !== null && <Failure ticket={ticket} say={say} />}
      </>
    );
  const back = cameBackAfter(error);
  return (
    <>
      {ticket.key === null ? (
        <Chip tone="brand" icon="ProgressRingDots" text={say('creating')} />
      ) : (
        <span className="product-ticket">
          <Outward text={ticket.key} url={ticket.url} />
          <Chip {...statusChip(ticket.category, ticket.status)} />
        </span>
      )}
      {back !== null && (
        <small className="product-back">
          <PageIcon name="Warning" />
          {say('cameBack', {
            d: facts.format.day((error.lastSeenOn ?? '').slice(0, 10)),
            key: back.key ?? '',
          })}
        </small>
      )}
    </>
  );
}

const Failure = ({ ticket, say }: { readonly ticket: Ticket; readonly say: CardProps['say'] }): React.ReactElement => (
  <small>
    {say('notCreated')}
    {ticket.lastError && `: ${ticket.lastError}`}
  </small>
);
