import * as React from 'react';
import { CommandState, SyncPreference } from '@crmjira/domain';
import type { AskedOf } from '../../commands/ask-about';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import { PageIcon } from '../platform/page-icon';
import { counted } from '../platform/page-words';
import { ProgressBar } from '../platform/progress-bar';
import { useScreen } from '../platform/use-screen';
import { Outward } from './error-table';
import type { CardProps } from './figure-cards';
import { type ProductError, labelsFor, needsTicket, progressOf, ticketOf } from './product-view';

const SYNCS = {
  [SyncPreference.Both]: 'syncBoth',
  [SyncPreference.JiraToCrm]: 'syncFromJira',
  [SyncPreference.CrmToJira]: 'syncToJira',
  [SyncPreference.Off]: 'syncOff',
} as const;

/** Where nobody tells the types: R-1705 names it. */
const USUAL_TYPE = 'Bug';

export interface TicketWish {
  readonly errors: readonly string[];
  readonly project: string;
  readonly type: string;
  readonly sync: number;
}

/** What was asked for, and what came of it so far. */
export interface TicketsAsked {
  readonly wish: TicketWish;
  readonly state: AskedOf;
}

export interface TicketDialogProps extends CardProps {
  /** as they stand in the rows now */
  readonly errors: readonly ProductError[];
  /** what was asked for; null: not yet */
  readonly asked: TicketsAsked | null;
  readonly onAsk: (wish: TicketWish) => void;
  readonly onClose: () => void;
}

/** Tickets for several errors at once: what is asked for, how far it is, what came of it (R-1705, R-1718). */
export function TicketDialog(props: TicketDialogProps): React.ReactElement {
  const { asked, say, onClose } = props;
  return (
    <PageDialog title={say('createTickets')} close={say('close')} onClose={onClose}>
      {asked === null ? <Form {...props} /> : <Progress {...props} asked={asked} />}
    </PageDialog>
  );
}

function Form({ errors, data, facts, say, onAsk, onClose }: TicketDialogProps): React.ReactElement {
  const { format, language } = facts;
  const offered = data.projects.filter(({ isOffered }) => isOffered);
  const [project, setProject] = React.useState(offered.length === 1 ? (offered[0]?.id ?? '') : '');
  const [type, setType] = React.useState('');
  const [sync, setSync] = React.useState<number>(SyncPreference.Both);
  const [tried, setTried] = React.useState(false);
  const screen = useScreen(data.product && { table: 'product', id: data.product.id }, project, language);
  const key = offered.find(({ id }) => id === project)?.key ?? '';
  const types = screen?.types.filter(({ fields }) => fields.length === 0) ?? [];
  const chosenType =
    types.find(({ name }) => name === type) ?? types.find(({ name }) => name === USUAL_TYPE) ?? types[0];
  const wanted = errors.filter(needsTicket);
  const [taken] = errors.filter((error) => !needsTicket(error));
  const labels = labelsFor(data.product, wanted);
  const send = (): void => {
    setTried(true);
    if (project === '' || screen === undefined || wanted.length === 0) return;
    onAsk({
      errors: wanted.map(({ id }) => id),
      project,
      type: chosenType?.name ?? USUAL_TYPE,
      sync,
    });
  };
  if (wanted.length === 0 && taken !== undefined) return <HasTicket {...{ error: taken, facts, say, onClose }} />;
  return (
    <>
      <div className="page-dialogbody">
        <p>{counted(say, 'oneForEach', errors.length, format)}</p>
        <div className="page-form">
          <label className="page-field">
            <b>
              {say('project')} <span aria-hidden="true">*</span>
            </b>
            <select
              className="page-input"
              required
              value={project}
              onChange={(event) => setProject(event.currentTarget.value)}
            >
              <option value="">{say('choose')}</option>
              {offered.map(({ id, key: own, name }) => (
                <option key={id} value={id}>
                  {`${own} · ${name}`}
                </option>
              ))}
            </select>
            <span className="crmjira-sub">
              {say('projectsOf', {
                product: data.product?.name ?? '',
                keys: offered.map(({ key: own }) => own).join(', '),
              })}
            </span>
            {tried && project === '' && (
              <span className="product-missing">{say('missing', { field: say('project') })}</span>
            )}
          </label>
          <label className="page-field">
            <b>
              {say('issueType')} <span aria-hidden="true">*</span>
            </b>
            <select
              className="page-input"
              required
              value={chosenType?.name ?? USUAL_TYPE}
              onChange={(event) => setType(event.currentTarget.value)}
            >
              {(types.length === 0 ? [{ name: USUAL_TYPE }] : types).map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <span className="crmjira-sub" role="status">
              {project === '' || screen ? '' : say(screen === null ? 'noScreen' : 'readingScreen', { key })}
            </span>
          </label>
          <label className="page-field">
            <b>{say('sync')}</b>
            <select
              className="page-input"
              value={sync}
              onChange={(event) => setSync(Number(event.currentTarget.value))}
            >
              {Object.entries(SYNCS).map(([value, word]) => (
                <option key={value} value={value}>
                  {say(word)}
                </option>
              ))}
            </select>
            <span className="crmjira-sub">{say('syncHint')}</span>
          </label>
          <div className="page-field page-wholefield" role="group" aria-label={say('labels')}>
            <b>{say('labels')}</b>
            <p className="product-tags">
              {labels.map((label) => (
                <span key={label} className="product-tag">
                  {label}
                </span>
              ))}
            </p>
            <span className="crmjira-sub">{say('labelsHint')}</span>
          </div>
        </div>
        <div>
          <b>{say('tickets')}</b>
          <ul className="page-effects">
            {wanted.map(({ id, title, last, projectId, level }) => (
              <li key={id}>
                <PageIcon name="Bug" />
                <span>
                  {title}
                  <br />
                  <span className="crmjira-sub">
                    {say('ticketNote', {
                      n: counted(say, 'eventsN', last, format),
                      project: data.monitored.find((one) => one.id === projectId)?.name ?? '',
                      level,
                    })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      </div>
      <div className="page-dialogfoot">
        <PageButton text={counted(say, 'createN', wanted.length, format)} icon="Add" look="primary" onClick={send} />
        <PageButton text={say('cancel')} onClick={onClose} />
      </div>
    </>
  );
}

/** Everything that was selected has an open ticket: nothing is created. */
function HasTicket(
  props: Pick<TicketDialogProps, 'facts' | 'say' | 'onClose'> & { readonly error: ProductError },
): React.ReactElement {
  const { error, facts, say, onClose } = props;
  const ticket = ticketOf(error);
  const { key = '', linkedBy = null, linkedOn = null, url = null } = ticket ?? {};
  const text =
    linkedBy !== null && linkedOn !== null
      ? say('hasTicketNext', { who: linkedBy, d: facts.format.day(linkedOn.slice(0, 10)) })
      : say('hasTicketPlain');
  return (
    <>
      <div className="page-dialogbody">
        <Notice
          tone="neutral"
          icon="Info"
          strong={say('hasTicket', { error: error.title, key: key ?? '' })}
          text={text}
        />
        {url !== null && (
          <p>
            <Outward text={say('openInJira')} url={url} />
          </p>
        )}
      </div>
      <div className="page-dialogfoot">
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </>
  );
}

function Progress(props: TicketDialogProps & { readonly asked: TicketsAsked }): React.ReactElement {
  const { asked, data, facts, say, onAsk, onClose } = props;
  const { format } = facts;
  const { state, wish } = asked;
  const { created, failed, waiting, leftOut } = progressOf(state.answer);
  const of = wish.errors.length;
  const places = { a: format.number(created.length), n: format.number(of), b: format.number(of - created.length) };
  const isRefused = state.notSent !== null || (state.state > CommandState.Done && state.answer === null);
  if (isRefused)
    return (
      <>
        <div className="page-dialogbody" role="status">
          <Notice
            tone="over"
            icon="Blocked"
            strong={
              state.notSent === 'forbidden' ? say('notAllowed') : state.notSent !== null ? say('notSent') : state.result
            }
            text={
              state.notSent === 'forbidden' ? say('notAllowedNext') : state.notSent !== null ? say('notSentNext') : ''
            }
          />
        </div>
        <div className="page-dialogfoot">
          <PageButton text={say('close')} onClick={onClose} />
        </div>
      </>
    );
  const isOver = state.state >= CommandState.Done;
  if (!isOver)
    return (
      <>
        <div className="page-dialogbody" role="status">
          <Notice tone="brand" icon="ProgressRingDots" strong={say('createdOf', places)} text={say('runningNext')} />
          <ProgressBar name={say('bar')} done={created.length} of={of} />
        </div>
        <div className="page-dialogfoot">
          <PageButton text={say('close')} onClick={onClose} />
        </div>
      </>
    );
  const rest = [...failed, ...waiting, ...leftOut];
  /** Of the ticket that stands beside the error in the rows by now. */
  const urlOf = (errorId: string): string | null => {
    const found = data.errors.find(({ id }) => id === errorId);
    return (found && ticketOf(found)?.url) ?? null;
  };
  return (
    <>
      <div className="page-dialogbody" role="status">
        <Notice
          tone={rest.length === 0 ? 'ok' : 'warn'}
          icon={rest.length === 0 ? 'Completed' : 'Warning'}
          strong={rest.length === 0 ? counted(say, 'allCreated', of, format) : say('someCreated', places)}
          text={rest.length > 0 && created.length > 0 ? say('stays') : ''}
        />
        <ul className="page-effects">
          {created.map(({ error, title, key }) => (
            <li key={error}>
              <span className="page-done">
                <PageIcon name="Completed" />
              </span>
              <span>
                <Outward text={key ?? ''} url={urlOf(error)} /> {title}
                <br />
                <span className="crmjira-sub">
                  {say(wish.sync === SyncPreference.Both ? 'linkedSync' : 'linkedPlain')}
                </span>
              </span>
            </li>
          ))}
          {rest.map(({ error, title, says }) => (
            <li key={error}>
              <span className="product-over">
                <PageIcon name="ErrorBadge" />
              </span>
              <span>
                {title}
                <br />
                <span className="crmjira-sub">{says ?? say('timedOut')}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className="page-dialogfoot">
        {failed.length > 0 && (
          <PageButton
            text={counted(say, 'tryAgain', failed.length, format)}
            icon="Sync"
            look="primary"
            onClick={() => onAsk({ ...wish, errors: failed.map(({ error }) => error) })}
          />
        )}
        <PageButton text={say('close')} onClick={onClose} />
      </div>
    </>
  );
}
